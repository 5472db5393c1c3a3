import { service } from '../../vite.service.ts';

export default service(import.meta.dirname, { 'compiler-thread': `${import.meta.dirname}/src/projection/compiler-thread.ts` });

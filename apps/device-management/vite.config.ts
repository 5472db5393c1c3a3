import { service } from '../../vite.service.ts';

export default service(import.meta.dirname);

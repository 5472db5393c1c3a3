import { service } from '../../vite.service.ts';

export default service(import.meta.dirname, { 'media-worker': `${import.meta.dirname}/../../libs/platform/media/src/media-worker.ts` });

export type Codec = 'pcmu' | 'pcma';

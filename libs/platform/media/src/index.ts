export type { Codec } from './codec.ts';
export type { Clip, Media, MediaEvent, MediaOptions, MediaSession, RecordingLimits, RecordingStats, RemoteMedia } from './session.ts';

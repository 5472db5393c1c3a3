export { convert, linearOf, silenceByte, speechLevel, SPEECH_LEVEL, type Codec } from './codec.ts';
export { openMedia } from './media.ts';
export type { Clip, Media, MediaEvent, MediaOptions, MediaSession, PacketCounts, RecordingLimits, RecordingStats, RemoteMedia } from './session.ts';

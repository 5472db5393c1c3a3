export type { BoxContents, BoxMessage, DialogueEvent, Effect, Said, Step } from './dialogue.ts';

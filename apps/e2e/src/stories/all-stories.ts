import type { Story } from '../story.ts';
import { aCallIsDecided } from './1-a-call-is-decided.ts';
import { anEmergencyCallAlwaysGoesOut } from './2-an-emergency-call-always-goes-out.ts';
import { aChangeTakesEffect } from './3-a-change-takes-effect.ts';
import { nobodyIsNeededToRoute } from './4-nobody-is-needed-to-route.ts';
import { theHeartbeatTellsTheTruth } from './5-the-heartbeat-tells-the-truth.ts';
import { aKilledProcessLosesNothing } from './6-a-killed-process-loses-nothing.ts';
import { twoAreBetterThanOne } from './7-two-are-better-than-one.ts';
import { noAnswerBecomesAMessage } from './8-no-answer-becomes-a-message.ts';
import { theLampLights } from './9-the-lamp-lights.ts';
import { theOwnerListensByPhone } from './10-the-owner-listens-by-phone.ts';
import { pinsHold } from './11-pins-hold.ts';
import { nothingIsLost } from './12-nothing-is-lost.ts';
import { fullShortSilentLong } from './13-full-short-silent-long.ts';
import { aFloodLeavesNothingBehind } from './14-a-flood-leaves-nothing-behind.ts';
import { aFactoryNewPhoneComesUp } from './15-a-factory-new-phone-comes-up.ts';
import { theConfigurationWorks } from './16-the-configuration-works.ts';
import { aChangeReachesThePhone } from './17-a-change-reaches-the-phone.ts';
import { aSweepYieldsNothing } from './18-a-sweep-yields-nothing.ts';
import { aStormAndStrangers } from './19-a-storm-and-strangers.ts';

export const allStories: readonly (() => Story)[] = [
  aCallIsDecided,
  anEmergencyCallAlwaysGoesOut,
  aChangeTakesEffect,
  nobodyIsNeededToRoute,
  theHeartbeatTellsTheTruth,
  aKilledProcessLosesNothing,
  twoAreBetterThanOne,
  noAnswerBecomesAMessage,
  theLampLights,
  theOwnerListensByPhone,
  pinsHold,
  nothingIsLost,
  fullShortSilentLong,
  aFloodLeavesNothingBehind,
  aFactoryNewPhoneComesUp,
  theConfigurationWorks,
  aChangeReachesThePhone,
  aSweepYieldsNothing,
  aStormAndStrangers,
];

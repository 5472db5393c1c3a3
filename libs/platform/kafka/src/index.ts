export { follow, type Following, type FollowOptions } from './follow.ts';
export { kafkaConfig, kafkaOptions, type KafkaOptions, type KafkaVariables } from './kafka-config.ts';
export { createPublisher, type Message, type Publisher, type PublisherOptions } from './publisher.ts';
export { DEAD_LETTERS, ensureTopics, type TopicsToEnsure } from './topics.ts';
export { SourceLoader, type LoaderParts } from './source-loader.ts';

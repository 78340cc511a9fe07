package dev.banking.loadtests.model;

/**
 * What a closed loop settles at.
 *
 * @param perSecond answers
 * @param meanMillis from a request to its answer
 * @param meanBatch changes in a batch
 */
record LoopResult(int connections, double perSecond, double meanMillis, double meanBatch) {}

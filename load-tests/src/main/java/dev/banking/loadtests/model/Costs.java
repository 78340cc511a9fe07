package dev.banking.loadtests.model;

/**
 * What things cost, in milliseconds.
 *
 * @param http processor time of one request beside its lane: the client's, the server's
 * @param batch processor time of a batch, however many changes it holds
 * @param change processor time of each change in it
 * @param otherUser processor time of each user in it but the first
 * @param commit what a batch waits for without a processor: the disk, the network
 */
record Costs(double http, double batch, double change, double otherUser, double commit) {

  /** Processor time of a batch. */
  double ofBatch(int changes, double users) {
    return batch + change * changes + otherUser * (users - 1);
  }

  Costs withChange(double millis) {
    return new Costs(http, batch, millis, otherUser, commit);
  }

  Costs withOtherUser(double millis) {
    return new Costs(http, batch, change, millis, commit);
  }

  Costs withCommit(double millis) {
    return new Costs(http, batch, change, otherUser, millis);
  }
}

package dev.banking.loadtests.model;

/**
 * What there is to work with.
 *
 * @param processors shared by all; less than whole ones where others take their part
 * @param servers threads that serve HTTP requests at the same time
 * @param lanes how many; one user has one of them
 * @param maxBatch most changes in a batch
 * @param users among whom the changes are spread evenly
 */
record Setup(double processors, int servers, int lanes, int maxBatch, int users) {

  /** How many users a batch is expected to hold. */
  double usersIn(int changes) {
    return users * (1 - Math.pow(1 - 1.0 / users, changes));
  }

  Setup withProcessors(double number) {
    return new Setup(number, servers, lanes, maxBatch, users);
  }

  Setup withLanes(int number) {
    return new Setup(processors, servers, number, maxBatch, users);
  }

  Setup withMaxBatch(int changes) {
    return new Setup(processors, servers, lanes, changes, users);
  }

  Setup withUsers(int number) {
    return new Setup(processors, servers, lanes, maxBatch, number);
  }
}

package dev.banking.loadtests.model;

/**
 * A measured figure beside the model's.
 *
 * @param isGiven whether the model was set by it, so that hitting it proves nothing
 */
record Prediction(String what, double measured, double model, boolean isGiven) {

  double errorPercent() {
    return (model / measured - 1) * 100;
  }
}

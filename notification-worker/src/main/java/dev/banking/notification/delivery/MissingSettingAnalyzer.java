package dev.banking.notification.delivery;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** One sentence at start instead of a stack trace. */
final class MissingSettingAnalyzer extends AbstractFailureAnalyzer<MissingSettingException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, MissingSettingException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Set it in the environment, or use NOTIFY_CHANNEL=log.", cause);
  }
}

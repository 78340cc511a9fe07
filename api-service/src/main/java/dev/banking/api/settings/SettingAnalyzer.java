package dev.banking.api.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** One sentence at start instead of a stack trace. */
final class SettingAnalyzer extends AbstractFailureAnalyzer<SettingException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SettingException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Set it right in the environment: see .env.example.", cause);
  }
}

package dev.banking.audit.settings;

import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.validation.FieldError;

/**
 * Names the variable that a refused value came from: Spring names its own property, which nobody
 * has set.
 */
final class WrongValueAnalyzer implements FailureAnalyzer, Ordered {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");
  private static final List<String> SECRET = List.of("PASSWORD", "SECRET", "URL");

  private final Environment environment;

  WrongValueAnalyzer(Environment environment) {
    this.environment = environment;
  }

  /** Before Spring's own. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /** Null, and Spring's own are asked, where no variable is behind any of it. */
  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    var lines = new StringBuilder();
    problems(failure)
        .forEach((property, problem) -> {
          var variable = variable(property);
          if (variable != null) {
            lines.append("%s=%s is refused: it %s\n".formatted(variable, value(variable), problem));
          }
        });
    return lines.isEmpty()
        ? null
        : new FailureAnalysis(
            lines.toString().strip(),
            "Set it right in the environment: see .env.example.",
            failure);
  }

  /** What is wrong, by the name of the property. */
  private static Map<String, String> problems(Throwable failure) {
    var problems = new TreeMap<String, String>();
    for (var at = failure; at != null; at = at.getCause()) {
      add(at, problems);
    }
    return problems;
  }

  private static void add(Throwable failure, Map<String, String> problems) {
    switch (failure) {
      case InvalidConfigurationPropertyValueException invalid ->
          problems.put(invalid.getName(), "is not of the right kind");
      case BindValidationException invalid -> addFields(invalid, problems);
      case BindException unbound when !(unbound.getCause() instanceof BindValidationException) ->
          problems.put(
              unbound.getName().toString(),
              "must be " + kind(unbound.getTarget().getType().resolve(Object.class)));
      default -> {
        // Says nothing about a setting.
      }
    }
  }

  private static void addFields(BindValidationException invalid, Map<String, String> problems) {
    var errors = invalid.getValidationErrors();
    for (var error : errors.getAllErrors()) {
      if (error instanceof FieldError field) {
        var dashed = field.getField().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        problems.put(errors.getName() + "." + dashed, String.valueOf(error.getDefaultMessage()));
      }
    }
  }

  private static String kind(Class<?> type) {
    if (type.isEnum()) {
      var names = Arrays.stream(type.getEnumConstants()).map(Object::toString);
      return "one of " + String.join(", ", names.toList()).toLowerCase(Locale.ROOT);
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a time such as 500ms, 30s, 5m, 2h or 7d";
    }
    if (type == Period.class) {
      return "a period such as P7Y or P18M";
    }
    return Number.class.isAssignableFrom(type) || type.isPrimitive()
        ? "a whole number"
        : "a " + type.getSimpleName();
  }

  private @Nullable String variable(String property) {
    if (environment instanceof ConfigurableEnvironment sources) {
      for (var source : sources.getPropertySources()) {
        var raw = source.getProperty(property);
        var matcher = raw == null ? null : VARIABLE.matcher(raw.toString());
        if (matcher != null && matcher.find()) {
          return matcher.group(1);
        }
      }
    }
    return null;
  }

  private String value(String variable) {
    var isSecret = SECRET.stream().anyMatch(variable::endsWith);
    return isSecret ? "…" : environment.getProperty(variable, "");
  }
}

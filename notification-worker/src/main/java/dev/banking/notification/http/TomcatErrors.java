package dev.banking.notification.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Errors that Tomcat answers before the application is reached, in JSON instead of HTML. */
@Component
class TomcatErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      if (context.getParent() instanceof StandardHost host) {
        // The host adds no report of its own when it finds one of the class that it is told.
        host.setErrorReportValveClass(Report.class.getName());
        host.getPipeline().addValve(new Report());
      }
    });
  }

  private static final class Report extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
      if (response.getStatus() < 400 || response.getContentWritten() > 0) {
        return;
      }
      try {
        if (!response.setErrorReported()) {
          return;
        }
        response.setContentType("application/json");
        response.setCharacterEncoding(UTF_8.name());
        response.getReporter().write(json(response.getStatus()));
        response.finishResponse();
      } catch (IOException | IllegalStateException _) {
        // The client has gone.
      }
    }

    private static String json(int code) {
      var known = HttpStatus.resolve(code);
      var status = known == null ? HttpStatus.BAD_REQUEST : known;
      return """
      {"success":false,"error":{"message":"%s","code":%d,"type":"%s"}}\
      """
          .formatted(status.getReasonPhrase(), code, status.name().toLowerCase(Locale.ROOT));
    }
  }
}

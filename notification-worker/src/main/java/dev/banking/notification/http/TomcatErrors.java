package dev.banking.notification.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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
      var status = response.getStatus();
      if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      try {
        ErrorReply.send(request.getRequest(), response.getResponse(), status);
        response.finishResponse();
      } catch (IOException | IllegalStateException _) {
        // The client has gone.
      }
    }
  }
}

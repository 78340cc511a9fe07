package dev.banking.audit.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Answers what Tomcat refuses before any application sees it, such as a broken request line. */
public class TomcatErrors extends ErrorReportValve {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    var status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var requestId = RequestId.sane(request.getHeader(RequestId.HEADER));
    var body = ErrorBody.of(status, requestId);
    var wantsProblem = ErrorReply.wantsProblem(request.getRequest());
    try {
      response.setHeader(RequestId.HEADER, requestId);
      response.setContentType(wantsProblem ? ErrorReply.PROBLEM : "application/json");
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      var writer = response.getReporter();
      if (writer != null) {
        writer.write(MAPPER.writeValueAsString(wantsProblem ? body.problem() : body));
        response.finishResponse();
      }
    } catch (IOException _) {
      // The client has gone.
    }
  }

  /** Puts the valve in place of Tomcat's HTML page. */
  @Configuration(proxyBeanMethods = false)
  static class Installation {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatErrors() {
      return factory ->
          factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(TomcatErrors.class.getName());
            }
          });
    }
  }
}

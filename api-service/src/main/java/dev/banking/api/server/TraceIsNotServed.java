package dev.banking.api.server;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ErrorReply;
import dev.banking.api.http.ErrorType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers TRACE, which would show a client's headers to whoever made it ask. Tomcat refuses it with
 * every method that a servlet may have in {@code Allow}; here it says what the path has, as for any
 * other wrong method. Nothing behind this filter ever sees a TRACE.
 */
@Component
class TraceIsNotServed extends OncePerRequestFilter {

  private final ObjectProvider<RequestMappingHandlerMapping> routes;

  TraceIsNotServed(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> routes) {
    this.routes = routes;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("TRACE");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ErrorReply.send(request, response, ApiError.of(refusal(request, response)));
  }

  private ErrorType refusal(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    ServletRequestPathUtils.parseAndCache(request);
    try {
      var _ = routes.getObject().getHandler(request);
      return ErrorType.NOT_FOUND;
    } catch (HttpRequestMethodNotSupportedException e) {
      response.setHeader("Allow", e.getHeaders().getFirst("Allow"));
      return ErrorType.METHOD_NOT_ALLOWED;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}

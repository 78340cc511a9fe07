package dev.banking.audit.security;

import dev.banking.audit.http.RequestId;
import dev.banking.audit.security.AccessLog.Reading;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Writes down who reads what, before it is answered. */
@Configuration(proxyBeanMethods = false)
class ReadingIsRecorded implements HandlerInterceptor, WebMvcConfigurer {

  private final AccessLog log;

  ReadingIsRecorded(AccessLog log) {
    this.log = log;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(this)
        .excludePathPatterns(
            "/api/health",
            "/error",
            "/login",
            "/logout",
            "/style.css",
            "/favicon.svg",
            "/openapi.json");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    log.record(
        new Reading(
            Reader.of(request),
            request.getRemoteAddr(),
            request.getRequestURI(),
            Objects.requireNonNullElse(request.getQueryString(), ""),
            RequestId.of(request)));
    return true;
  }
}

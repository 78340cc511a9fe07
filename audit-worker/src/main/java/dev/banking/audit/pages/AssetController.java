package dev.banking.audit.pages;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the pages need besides themselves: one style sheet, one icon. */
@RestController
class AssetController {

  private static final String FOLDER = "dev/banking/audit/pages/";

  @GetMapping("/style.css")
  ResponseEntity<Resource> style() {
    return asset("style.css", MediaType.parseMediaType("text/css"));
  }

  @GetMapping({"/favicon.svg", "/favicon.ico"})
  ResponseEntity<Resource> icon() {
    return asset("favicon.svg", MediaType.parseMediaType("image/svg+xml"));
  }

  private static ResponseEntity<Resource> asset(String name, MediaType type) {
    return ResponseEntity.ok()
        .contentType(type)
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate())
        .body(new ClassPathResource(FOLDER + name));
  }
}

package dev.banking.api.docs;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.api.http.ErrorType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /openapi.json} and {@code /docs}. */
@RestController
class DocsController {

  private static final MediaType JAVASCRIPT = MediaType.parseMediaType("text/javascript");
  private static final MediaType CSS = MediaType.parseMediaType("text/css");
  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=utf-8");

  /** Swagger UI sets styles on elements and draws icons from data URLs; nothing else is foreign. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/5.30.2/";
  private static final String OWN = "dev/banking/api/docs/";
  private static final Map<String, Asset> ASSETS =
      Map.of(
          "docs.js", new Asset(OWN + "docs.js", JAVASCRIPT),
          "swagger-ui.css", new Asset(WEBJAR + "swagger-ui.css", CSS),
          "swagger-ui-bundle.js", new Asset(WEBJAR + "swagger-ui-bundle.js", JAVASCRIPT));

  /** A file of the page. */
  private record Asset(String path, MediaType type) {}

  @GetMapping("/openapi.json")
  ResponseEntity<byte[]> description() throws IOException {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(bytes(OWN + "openapi.json"));
  }

  @GetMapping("/docs")
  ResponseEntity<byte[]> page() throws IOException {
    return ResponseEntity.ok()
        .contentType(HTML)
        .header("Content-Security-Policy", POLICY)
        .body(bytes(OWN + "docs.html"));
  }

  @GetMapping("/docs/{name}")
  ResponseEntity<byte[]> asset(@PathVariable String name) throws IOException {
    var asset = ASSETS.get(name);
    if (asset == null) {
      throw new ApiException(ApiError.of(ErrorType.NOT_FOUND));
    }
    return ResponseEntity.ok()
        .contentType(asset.type())
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
        .body(bytes(asset.path()));
  }

  /** Not as a resource: Spring would serve parts of it, and refuse a wrong part with all of it. */
  private static byte[] bytes(String path) throws IOException {
    return new ClassPathResource(path).getContentAsByteArray();
  }
}

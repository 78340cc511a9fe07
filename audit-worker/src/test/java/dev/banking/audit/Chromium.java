package dev.banking.audit;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real browser: the machine's Chromium. On Debian it is installed when it is missing and we are
 * root; where that is not possible the test fails and says what helps.
 */
final class Chromium implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final List<String> QUIETLY =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium start() {
    var program = find();
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(program)
            .setHeadless(true)
            .setArgs(QUIETLY);
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  Browser browser() {
    return browser;
  }

  private static Path find() {
    var present = present();
    return present == null ? install() : present;
  }

  private static @Nullable Path present() {
    return PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }

  private static Path install() {
    var root = "root".equals(System.getProperty("user.name"));
    if (!root || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      throw missing("it is installed for you only as root, on Debian");
    }
    System.err.println("Chromium is missing: installing Debian's chromium");
    var script = "apt-get update -q && apt-get install -yq --no-install-recommends chromium";
    try {
      var builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      var process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      var found = present();
      if (found == null) {
        throw missing("installing it failed:\n" + said);
      }
      return found;
    } catch (IOException e) {
      throw missing("installing it failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing("installing it was interrupted");
    }
  }

  private static IllegalStateException missing(String why) {
    return new IllegalStateException(
        "The tests of the pages need Chromium, and "
            + why
            + ". This helps: sudo apt-get install chromium");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

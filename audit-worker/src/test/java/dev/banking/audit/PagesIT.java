package dev.banking.audit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.banking.audit.reconcile.Books;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages as people use them, in a real browser. */
class PagesIT {

  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int ENTRIES = 300;
  private static final String NOTHING_IS_CUT_OFF =
      "[...document.querySelectorAll('td, dd, strong')]"
          + ".every(cell => cell.getBoundingClientRect().right <= innerWidth)";

  private static Worker worker;
  private static Chromium chromium;

  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void write() {
    var _ = new Books(DATABASE);
    worker = Worker.start(DATABASE, "--audit.checkpoint.interval=50ms");
    var start = Instant.now().minus(Duration.ofHours(20));
    worker.append(new Changes(new SplittableRandom(5), start).some(ENTRIES, 1, 2));
    await().atMost(SOON).until(() -> worker.gauge("audit.checkpoint.position") == ENTRIES);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    worker.close();
  }

  @BeforeEach
  void open() {
    open(new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  private void open(Browser.NewContextOptions options) {
    context = chromium.browser().newContext(options.setBaseURL(origin()).setAcceptDownloads(true));
    page = context.newPage();
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
  }

  /** Also no complaint about the policy, a missing file, or a broken script. */
  @AfterEach
  void nothingLeftTheOrigin() {
    context.close();
    assertThat(requests).isNotEmpty().allSatisfy(url -> assertThat(url).startsWith(origin()));
    assertThat(complaints).isEmpty();
  }

  @Test
  void searchesByUserAndOutcome() {
    page.navigate("/");
    page.locator("input[name=user]").fill("2");
    page.locator("select[name=outcome]").selectOption("refused");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search")).click();
    page.waitForURL("**user=2**outcome=refused**");
    var rows = page.locator("tbody tr");
    assertThat(rows.count()).isBetween(1, 50);
    for (var row : rows.all()) {
      assertThat(row.locator("[data-label=User]")).hasText("2");
      assertThat(row.locator(".mark")).hasText("refused");
    }
    assertThat(page.locator("input[name=user]")).hasValue("2");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Clear")).click();
    assertThat(page.locator("input[name=user]")).hasValue("");
  }

  @Test
  void saysWhenNothingMatches() {
    page.navigate("/?user=77");
    assertThat(page.locator(".empty")).hasText("No entry matches.");
  }

  @Test
  void turnsPagesToTheOldestEntry() {
    page.navigate("/");
    assertThat(page.locator("tbody tr").first().locator("a").first())
        .hasText(Integer.toString(ENTRIES));
    var turns = 0;
    while (page.locator("a[rel=next]").count() > 0) {
      var before = page.url();
      page.locator("a[rel=next]").click();
      page.waitForURL(url -> !url.equals(before));
      turns++;
    }
    assertThat(turns).isEqualTo(5);
    assertThat(page.locator("tbody tr").last().locator("a").first()).hasText("1");
  }

  @Test
  void showsAnEntryWithItsProof() {
    page.navigate("/");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("270").setExact(true))
        .click();
    assertThat(page.locator("h1")).hasText("Entry 270");
    assertThat(page.locator(".checks .good")).hasCount(3);
    assertThat(page.locator("pre")).containsText("\"specversion\" : \"1.0\"");
    assertThat(page.locator("pre")).containsText("\"amount\" : 6.00,");
    page.locator("summary").click();
    assertThat(page.locator(".path li").first()).isVisible();
    page.locator("a[rel=next]").click();
    assertThat(page.locator("h1")).hasText("Entry 271");
  }

  @Test
  void downloadsASearch() throws Exception {
    page.navigate("/?user=1");
    var csv = page.waitForDownload(() -> page.getByText("CSV").first().click());
    assertThat(csv.suggestedFilename()).isEqualTo("audit-book.csv");
    assertThat(Files.readAllLines(csv.path()).getFirst()).startsWith("position,occurredAt");
    var ndjson = page.waitForDownload(() -> page.getByText("NDJSON").click());
    assertThat(Files.readAllLines(ndjson.path()))
        .hasSize(Files.readAllLines(csv.path()).size() - 1)
        .allSatisfy(line -> assertThat(line).contains("\"userId\":1,"));
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    page.navigate("/");
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasText("Skip to the content");
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasAttribute("name", "user");
    page.keyboard().type("2");
    page.keyboard().press("Enter");
    page.waitForURL("**/?user=2*");
    page.locator("tbody a").first().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("Entry");
    assertThat(page.evaluate("getComputedStyle(document.activeElement || document.body).outline"))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
  void fitsEveryScreen(int width, ColorScheme scheme) {
    var operator = new Operator(DATABASE);
    assertThat(operator.types("verify", "--without-ledger")).isZero();
    context.close();
    open(
        new Browser.NewContextOptions()
            .setViewportSize(width, width == 390 ? 844 : 900)
            .setColorScheme(scheme));
    for (var path :
        List.of(
            "/",
            "/?user=77",
            "/entries/270",
            "/users/1",
            "/book",
            "/refusals",
            "/refusals?range=month")) {
      page.navigate(path);
      assertThat(page.evaluate("document.documentElement.scrollWidth"))
          .as("%s is as wide as the screen", path)
          .isEqualTo(page.evaluate("document.documentElement.clientWidth"));
      assertThat(page.evaluate(NOTHING_IS_CUT_OFF)).as("%s shows every cell", path).isEqualTo(true);
      var name = path.replaceAll("[^a-z0-9]+", "-") + "-" + width + "-" + scheme;
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SCREENSHOTS.resolve("page" + name + ".png"))
              .setFullPage(true));
    }
  }

  @Test
  void showsErrorsAsAPage() {
    page.navigate("/entries/9999");
    assertThat(page.locator("h1")).hasText("Resource not found");
    page.navigate("/?user=abc");
    assertThat(page.locator("h1")).containsText("user must be a whole number");
    complaints.clear(); // the browser notes each status of 400 and more
  }

  private static String origin() {
    return URI.create("http://127.0.0.1:" + worker.port()).toString();
  }
}

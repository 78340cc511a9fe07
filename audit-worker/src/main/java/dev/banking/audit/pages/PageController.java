package dev.banking.audit.pages;

import dev.banking.audit.http.NotThereException;
import dev.banking.audit.review.BookEntry;
import dev.banking.audit.review.Filter;
import dev.banking.audit.review.Parameters;
import dev.banking.audit.review.Proofs;
import dev.banking.audit.review.Search;
import dev.banking.audit.review.States;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.WebUtils;

/** Every page. */
@Controller
class PageController {

  private static final int ROWS = 50;
  private static final int CHART_CHANGES = 200;

  private final Search search;
  private final Proofs proofs;
  private final States states;
  private final Clock clock;

  PageController(Search search, Proofs proofs, States states, Clock clock) {
    this.search = search;
    this.proofs = proofs;
    this.states = states;
    this.clock = clock;
  }

  @ModelAttribute("show")
  Show show() {
    return new Show(clock.instant());
  }

  /** Whether there is a session to end; without tokens there is none. */
  @ModelAttribute("signedIn")
  boolean signedIn(HttpServletRequest request) {
    return WebUtils.getCookie(request, "audit_token") != null;
  }

  @GetMapping("/")
  String search(HttpServletRequest request, Model model) {
    var parameters = new Parameters(request, "cursor", "limit");
    var filter = parameters.filter();
    var query = Query.of(request);
    model.addAttribute("page", search.page(filter, parameters.cursor(), parameters.limit(ROWS)));
    model.addAttribute("query", query);
    model.addAttribute("narrowed", !filter.equals(Filter.ALL));
    model.addAttribute("older", request.getParameter("cursor") != null);
    return "search";
  }

  @GetMapping("/entries/{position}")
  String entry(@PathVariable String position, HttpServletRequest request, Model model) {
    var _ = new Parameters(request);
    var found = proofs.of(Parameters.positive("position", position));
    model.addAttribute("full", found.orElseThrow(NotThereException::new));
    return "entry";
  }

  @GetMapping("/users/{userId}")
  String user(@PathVariable String userId, HttpServletRequest request, Model model) {
    var parameters = new Parameters(request, "cursor", "limit");
    var user = Parameters.positive("userId", userId);
    var filter = Filter.ofUser(user);
    var newest = search.page(filter, Long.MAX_VALUE, CHART_CHANGES).entries();
    if (newest.isEmpty()) {
      throw new NotThereException();
    }
    model.addAttribute("user", user);
    model.addAttribute("last", newest.getFirst());
    model.addAttribute("page", search.page(filter, parameters.cursor(), parameters.limit(ROWS)));
    model.addAttribute("older", request.getParameter("cursor") != null);
    var balances =
        newest.reversed().stream()
            .filter(entry -> !entry.outcome().equals("refused"))
            .map(BookEntry::balanceAfter)
            .toList();
    if (balances.size() > 1) {
      model.addAttribute("line", Line.of(balances));
      model.addAttribute("changes", balances.size());
    }
    return "user";
  }

  @GetMapping("/book")
  String book(HttpServletRequest request, Model model) {
    var _ = new Parameters(request);
    model.addAttribute("state", states.now());
    return "book";
  }

  @GetMapping("/refusals")
  String refusals(HttpServletRequest request, Model model) {
    var parameters = new Parameters(request, "range");
    var isDay = !"month".equals(Objects.requireNonNullElse(parameters.text("range"), "day"));
    var slice = isDay ? Duration.ofHours(1) : Duration.ofDays(1);
    var slices = isDay ? 24 : 30;
    var now = clock.instant().truncatedTo(isDay ? ChronoUnit.HOURS : ChronoUnit.DAYS);
    var from = now.minus(slice.multipliedBy(slices - 1L));
    var refusals = states.refusals(from, isDay ? "hour" : "day");
    model.addAttribute("bars", Bars.of(refusals, from, slice, slices));
    model.addAttribute("isDay", isDay);
    model.addAttribute("from", from);
    return "refusals";
  }
}

package dev.banking.audit.review;

import dev.banking.audit.export.StatementExport;
import dev.banking.audit.export.StatementExport.NoProofException;
import dev.banking.audit.http.BadInputException;
import dev.banking.audit.http.NotThereException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The book for programs. */
@RestController
class AuditController {

  private static final int USUAL_ROWS = 50;

  private final Search search;
  private final Proofs proofs;
  private final States states;
  private final Statements statements;

  AuditController(Search search, Proofs proofs, States states, Statements statements) {
    this.search = search;
    this.proofs = proofs;
    this.states = states;
    this.statements = statements;
  }

  @GetMapping("/api/audit/entries")
  Reply<List<BookEntry>> entries(HttpServletRequest request) {
    var parameters = new Parameters(request, "cursor", "limit");
    return page(parameters.filter(), parameters);
  }

  @GetMapping("/api/audit/entries/{position}")
  Reply<EntryInFull> entry(@PathVariable String position, HttpServletRequest request) {
    var _ = new Parameters(request);
    var found = proofs.of(Parameters.positive("position", position));
    return Reply.of(found.orElseThrow(NotThereException::new));
  }

  @GetMapping("/api/audit/users/{userId}/timeline")
  Reply<List<BookEntry>> timeline(@PathVariable String userId, HttpServletRequest request) {
    var parameters = new Parameters(request, "cursor", "limit");
    var user = Parameters.positive("userId", userId);
    return page(Filter.ofUser(user), parameters);
  }

  @GetMapping("/api/audit/book")
  Reply<BookState> book(HttpServletRequest request) {
    var _ = new Parameters(request);
    return Reply.of(states.now());
  }

  /**
   * The file that {@link StatementExport} writes. A failure on the way leaves it without its end,
   * which the verifier sees.
   */
  @GetMapping("/api/audit/users/{userId}/statement")
  void statement(
      @PathVariable String userId, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var _ = new Parameters(request);
    var user = Parameters.positive("userId", userId);
    try {
      statements.write(user, response);
    } catch (NoProofException e) {
      throw new BadInputException("userId", "has no statement yet: " + e.getMessage());
    }
  }

  @GetMapping("/openapi.json")
  ResponseEntity<Resource> description() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new ClassPathResource("dev/banking/audit/review/openapi.json"));
  }

  private Reply<List<BookEntry>> page(Filter filter, Parameters parameters) {
    var page = search.page(filter, parameters.cursor(), parameters.limit(USUAL_ROWS));
    return Reply.page(page.entries(), page.next());
  }
}

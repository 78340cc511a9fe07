package dev.banking.audit.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.Semaphore;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** All entries of a search as a file, a page at a time. */
@Controller
class ExportController {

  private static final int AT_ONCE = 4;

  private final Search search;
  private final JsonMapper mapper;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  ExportController(Search search, JsonMapper mapper) {
    this.search = search;
    this.mapper = mapper;
  }

  @GetMapping("/export.csv")
  void csv(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var filter = new Parameters(request).filter();
    inTurn(
        response,
        "text/csv",
        "csv",
        out -> {
          var rows = new Rows(out, mapper);
          rows.csvHeader();
          search.each(filter, rows::csv);
        });
  }

  @GetMapping("/export.ndjson")
  void ndjson(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var filter = new Parameters(request).filter();
    inTurn(
        response,
        "application/x-ndjson",
        "ndjson",
        out -> search.each(filter, new Rows(out, mapper)::ndjson));
  }

  /** Writes the file. */
  @FunctionalInterface
  private interface Writing {
    void into(Writer out) throws IOException;
  }

  private void inTurn(HttpServletResponse response, String type, String ending, Writing writing)
      throws IOException {
    if (!turns.tryAcquire()) {
      throw new DataAccessResourceFailureException("too many exports at once");
    }
    try {
      response.setContentType(type);
      response.setCharacterEncoding("UTF-8");
      response.setHeader(
          "Content-Disposition", "attachment; filename=\"audit-book." + ending + "\"");
      writing.into(response.getWriter());
    } finally {
      turns.release();
    }
  }
}

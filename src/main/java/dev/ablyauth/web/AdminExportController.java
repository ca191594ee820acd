package dev.ablyauth.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.ablyauth.revocation.DenialExport;
import dev.ablyauth.revocation.Denials;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * All denials, one on a line. An export that broke off lacks its last line, which says
 * that it is complete: a status is gone by then, and whether a connection ended well is
 * lost in proxies and in files.
 */
@RestController
class AdminExportController {

	private static final JsonMapper JSON = new JsonMapper();

	private final Denials denials;

	AdminExportController(Denials denials) {
		this.denials = denials;
	}

	@GetMapping(AdminDenialController.PATH + "/export")
	void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
		DenialExport export = this.denials.export(DenialQueries.readExport(request.getParameterMap()));
		// Before anything is said, so that a store that is away is a problem as ever.
		List<Map<String, Object>> lines = export.next();
		response.setContentType("application/x-ndjson");
		OutputStream out = response.getOutputStream();
		while (!lines.isEmpty()) {
			for (Map<String, Object> line : lines) {
				out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
			}
			out.flush();
			lines = export.next();
		}
	}

}

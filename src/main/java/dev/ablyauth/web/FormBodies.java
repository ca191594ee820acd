package dev.ablyauth.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Reads a form in the body of a POST, and only there: what stands in the address is in
 * the logs of everybody on the way.
 */
final class FormBodies {

	private static final int MAX_BYTES = 16 * 1024;

	private FormBodies() {
	}

	/**
	 * Reads one field, which must be there once. Others may be there too.
	 * @throws Refused if it is not, or there is no form of at most 16 KiB
	 */
	static String only(HttpServletRequest request, String name) {
		if (!JsonBodies.isForm(request)) {
			throw invalid("Content-Type: must be application/x-www-form-urlencoded.");
		}
		String body = new String(JsonBodies.bytes(request, MAX_BYTES), StandardCharsets.ISO_8859_1);
		List<String> values = new ArrayList<>();
		for (String field : body.split("&", -1)) {
			int end = field.indexOf('=');
			if (end >= 0 && decode(field.substring(0, end)).equals(name)) {
				values.add(decode(field.substring(end + 1)));
			}
		}
		if (values.size() != 1) {
			throw invalid(name + ": must be in the form once.");
		}
		return values.get(0);
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("The form has a % that begins no character.");
		}
	}

	private static Refused invalid(String message) {
		return new Refused(Reason.INVALID_REQUEST, message);
	}

}

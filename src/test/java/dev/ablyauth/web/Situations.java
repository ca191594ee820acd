package dev.ablyauth.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.session.SessionServer;
import dev.ablyauth.session.SessionServer.Behaviour;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What can go wrong with any service, whatever it is asked: each with the status and the
 * code of the answer that the SDK must get.
 */
final class Situations {

	private static final String HTML = "<!DOCTYPE html><html><body><form action=\"/login\"></form></body></html>";

	private Situations() {
	}

	/** Outages; each of them is a 503. */
	static Stream<Arguments> outages(String good) {
		String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
		Stream<Arguments> odd = Stream.of(
				outage("HTML", SessionServer.answer(200, "Content-Type: text/html\r\n", HTML)),
				outage("nothing at all", SessionServer.json(200, "")), outage("a half", json(good.substring(1))),
				outage("two answers", json(good + good)), outage("no UTF-8", latin1(good)),
				outage("too large", json(good.replace("}", ",\"x\":\"" + "a".repeat(70_000) + "\"}"))),
				outage("larger than it says", SessionServer.raw(head + "99999999\r\n\r\n" + " ".repeat(100_000))),
				outage("too deep", json(good.replace("}", ",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))),
				outage("a little too deep", json(good.replace("}", ",\"x\":" + "[".repeat(10) + "]".repeat(10) + "}"))),
				outage("a name twice", json(good.replace("}", ",\"x\":1,\"x\":2}"))),
				outage("a number too long", json(good.replace("}", ",\"x\":" + "1".repeat(1000) + "}"))),
				outage("gzip that nobody asked for",
						SessionServer.answer(200, "Content-Encoding: gzip\r\n", "\u001f\u000b\u0008\u0000x")),
				outage("reset before the answer", SessionServer.crash("")),
				outage("reset within the head", SessionServer.crash("HTTP/1.1 200 OK\r\nContent-")),
				outage("reset within the body", SessionServer.crash(head + "100\r\n\r\n{")),
				outage("no HTTP", SessionServer.raw("220 mail.example ESMTP\r\n\r\n")),
				outage("silent", SessionServer.silent()),
				outage("slow", SessionServer.later(Duration.ofSeconds(3), json(good))),
				outage("dripping head", SessionServer.dripping("HTTP/1.1 200 OK\r\nX: ", "a".repeat(400))),
				outage("dripping body", SessionServer.dripping(head + "400\r\n\r\n", " ".repeat(400))));
		Stream<Arguments> statuses = Stream
			.of(201, 202, 204, 206, 400, 404, 405, 408, 410, 418, 422, 429, 451, 500, 501, 502, 503, 504, 599)
			.map((status) -> outage("status " + status,
					SessionServer.answer(status, "Retry-After: 3600\r\n", (status == 204) ? "" : good)));
		return Stream.concat(odd, statuses);
	}

	static Arguments outage(String what, Behaviour behaviour) {
		return Arguments.of(what, behaviour, 503, 50003);
	}

	static Arguments invalid(String what, Behaviour behaviour) {
		return Arguments.of(what, behaviour, 401, 40100);
	}

	static Arguments refused(String what, Behaviour behaviour) {
		return Arguments.of(what, behaviour, 403, 40300);
	}

	static Behaviour json(String body) {
		return SessionServer.json(200, body);
	}

	private static Behaviour latin1(String good) {
		return (server, request, out) -> {
			byte[] body = good.replace("ann", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
			out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			out.write(body);
		};
	}

	/** Ids that are nobody's name: each with the JSON text of the value. */
	static Stream<Arguments> unsafeIds() {
		return List
			.of("\"a\\nb\"", "\"a\\u0000b\"", "\"\\u0007\"", "\"*\"", "\"a*\"", "\"\\ud800\"", "\"\\udc00x\"",
					"\" ann\"", "\"ann \"", "\"\\u2028\"", "\"" + "a".repeat(10_000) + "\"")
			.stream()
			.map((id) -> Arguments.of(id.substring(0, Math.min(20, id.length())), id));
	}

}

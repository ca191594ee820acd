package dev.ablyauth.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An app's page on an origin of its own, with the ably-js of npm.
 */
final class AppPage implements AutoCloseable {

	private static final String PAGE = """
			<!DOCTYPE html>
			<title>app</title>
			<script src="/ably.js"></script>
			""";

	private final HttpServer server;

	private final Path ablyJs;

	AppPage(Path nodeModules) {
		this.ablyJs = nodeModules.resolve(Path.of("node_modules", "ably", "build", "ably.min.js"));
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/",
				(exchange) -> answer(exchange, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
		this.server.createContext("/ably.js",
				(exchange) -> answer(exchange, "text/javascript", Files.readAllBytes(this.ablyJs)));
		this.server.start();
	}

	private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	String origin(String host) {
		return "http://" + host + ":" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}

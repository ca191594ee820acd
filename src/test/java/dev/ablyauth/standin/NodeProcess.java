package dev.ablyauth.standin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A script in Node that takes one JSON command per line and says one JSON event per line.
 */
final class NodeProcess implements AutoCloseable {

	private final EventLog<JsonNode> events = new EventLog<>();

	private final Process process;

	private final Writer commands;

	private NodeProcess(Process process) {
		this.process = process;
		this.commands = process.outputWriter(StandardCharsets.UTF_8);
		Thread reader = new Thread(() -> readEvents(process.inputReader(StandardCharsets.UTF_8)), "node events");
		reader.setDaemon(true);
		reader.start();
	}

	/** Starts a script in the folder from {@link NodeModules#folder()}. */
	static NodeProcess start(Path folder, String script) {
		String node = NodeModules.node().map(Path::toString).orElse("node");
		Path log = folder.resolve(script.replace(".mjs", "-stderr.log"));
		try {
			return new NodeProcess(new ProcessBuilder(node, script).directory(folder.toFile())
				.redirectError(Redirect.to(log.toFile()))
				.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void readEvents(BufferedReader lines) {
		try (lines) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.events.add(Json.MAPPER.readTree(line));
			}
			this.events.add(Json.object().put("event", "ended"));
		}
		catch (IOException | JacksonException ex) {
			this.events.add(Json.object().put("event", "unreadable").put("message", String.valueOf(ex.getMessage())));
		}
	}

	EventLog<JsonNode> events() {
		return this.events;
	}

	static ObjectNode command(String name) {
		return Json.object().put("command", name);
	}

	void send(ObjectNode command) {
		try {
			this.commands.write(command + "\n");
			this.commands.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends the process: by closing its input, and by force when that does not help. */
	@Override
	public void close() {
		try {
			this.commands.close();
			if (!this.process.waitFor(3, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}

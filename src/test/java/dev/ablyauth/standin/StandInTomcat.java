package dev.ablyauth.standin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * A Tomcat on a free port of 127.0.0.1 with one servlet and one WebSocket endpoint at
 * {@code /}.
 */
final class StandInTomcat implements AutoCloseable {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	/** Room for a token of about 8 kB, as Ably has, and no more. */
	private static final int LONGEST_HEADER = 16 * 1024;

	private static final int LONGEST_MESSAGE = 256 * 1024;

	private final Tomcat tomcat = new Tomcat();

	private final Path base;

	StandInTomcat(Servlet rest, Supplier<Endpoint> realtime) {
		try {
			this.base = Files.createTempDirectory("ably-stand-in");
			this.tomcat.setBaseDir(this.base.toString());
			this.tomcat.getEngine().setName("ably-stand-in-" + COUNTER.incrementAndGet());
			this.tomcat.setConnector(loopback());
			StandardContext context = (StandardContext) this.tomcat.addContext("", this.base.toString());
			context.setClearReferencesRmiTargets(false);
			context.setClearReferencesThreadLocals(false);
			Tomcat.addServlet(context, "rest", rest);
			context.addServletMappingDecoded("/", "rest");
			context.addServletContainerInitializer(new WsSci(), null);
			context.addServletContainerInitializer((classes, servlets) -> register(servlets, realtime), null);
			this.tomcat.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Connector loopback() {
		Connector connector = new Connector();
		connector.setPort(0);
		connector.setProperty("address", "127.0.0.1");
		connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(LONGEST_HEADER));
		connector.setProperty("minSpareThreads", "2");
		connector.setProperty("maxThreads", "16");
		return connector;
	}

	private static void register(ServletContext servlets, Supplier<Endpoint> realtime) {
		ServerContainer container = (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
		container.setDefaultMaxTextMessageBufferSize(LONGEST_MESSAGE);
		container.setDefaultMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
		try {
			container.addEndpoint(ServerEndpointConfig.Builder.create(RealtimeEndpoint.class, "/")
				.configurator(new ServerEndpointConfig.Configurator() {
					@Override
					public <T> T getEndpointInstance(Class<T> type) {
						return type.cast(realtime.get());
					}
				})
				.build());
		}
		catch (DeploymentException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
			deleteBase();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Tomcat makes the folder of its first instance again: hence once more at the end.
	 */
	private void deleteBase() throws IOException {
		this.base.toFile().deleteOnExit();
		try (Stream<Path> paths = Files.walk(this.base)) {
			paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
		}
	}

}

package dev.ablyauth;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What SIGTERM does: first the server says that it goes, and goes on serving until those
 * in front of it have heard, and then it stops as always and ends with 0. By itself the
 * JVM would stop at once and end with 143.
 */
final class StopSignal {

	private static final Logger LOGGER = LoggerFactory.getLogger(StopSignal.class);

	private final ConfigurableApplicationContext server;

	private final Duration drain;

	private final AtomicBoolean isStopping = new AtomicBoolean();

	private StopSignal(ConfigurableApplicationContext server, Duration drain) {
		this.server = server;
		this.drain = drain;
	}

	/**
	 * Waits for the signal, in a server that has started.
	 */
	static void stops(ConfigurableApplicationContext server) {
		StopSignal stop = new StopSignal(server, server.getBean(AuthServerProperties.class).web().drain());
		try {
			onSignal("TERM", stop::received);
		}
		catch (ReflectiveOperationException ex) {
			LOGGER.warn("SIGTERM stops the server at once, because this JVM does not say when it comes");
		}
	}

	/**
	 * The only API for signals is one of the JDK that the compiler does not let anybody
	 * use without a warning.
	 */
	private static void onSignal(String name, Runnable task) throws ReflectiveOperationException {
		Class<?> signal = Class.forName("sun.misc.Signal");
		Class<?> handler = Class.forName("sun.misc.SignalHandler");
		Object runs = Proxy.newProxyInstance(StopSignal.class.getClassLoader(), new Class<?>[] { handler },
				(self, method, arguments) -> {
					task.run();
					return null;
				});
		signal.getMethod("handle", signal, handler)
			.invoke(null, signal.getConstructor(String.class).newInstance(name), runs);
	}

	/** In a thread of its own each time; one who asks twice does not want to wait. */
	private void received() {
		if (this.isStopping.compareAndSet(false, true)) {
			LOGGER.info("Stops in {} s: not ready any more, and closes each connection after its next answer",
					this.drain.toSeconds());
			AvailabilityChangeEvent.publish(this.server, ReadinessState.REFUSING_TRAFFIC);
			await();
		}
		System.exit(0);
	}

	private void await() {
		try {
			Thread.sleep(this.drain.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

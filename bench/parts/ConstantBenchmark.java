package dev.ablyauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.DirectCalls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The floor of {@link RequestBenchmark}: the same call of a Tomcat with one servlet that
 * answers the same bytes to everybody.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConstantBenchmark {

	private static final byte[] ANSWER = "x".repeat(500).getBytes(StandardCharsets.US_ASCII);

	private final Tomcat tomcat = new Tomcat();

	private Map<byte[], byte[]> headers;

	private DirectCalls calls;

	/** Starts Tomcat and looks at an answer. */
	@Setup
	public void start() throws Exception {
		this.tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
		this.tomcat.setPort(0);
		Context context = this.tomcat.addContext("", null);
		Tomcat.addServlet(context, "constant", new Constant());
		context.addServletMappingDecoded(RequestBenchmark.PATH, "constant");
		this.tomcat.start();
		this.calls = new DirectCalls(this.tomcat.getConnector().getProtocolHandler().getAdapter());
		this.headers = RequestBenchmark.headers("user", Map.of());
		constant();
		if (this.calls.body().length() != ANSWER.length) {
			throw new IllegalStateException(this.calls.body());
		}
	}

	/** Ends Tomcat. */
	@TearDown
	public void stop() throws Exception {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	/**
	 * Asks for it.
	 * @return the status
	 */
	@Benchmark
	public int constant() throws Exception {
		return RequestBenchmark.good(this.calls.get(RequestBenchmark.PATH_BYTES, this.headers));
	}

	private static final class Constant extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setHeader("Cache-Control", "no-store");
			response.setContentType("application/jwt");
			response.setContentLength(ANSWER.length);
			response.getOutputStream().write(ANSWER);
		}

	}

}

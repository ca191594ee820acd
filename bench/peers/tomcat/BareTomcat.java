import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * The floor: embedded Tomcat and one servlet that answers the same bytes to everybody.
 *
 * <p>Arguments: port, file with the answer, folder for Tomcat's own files. The connector is set as the server's own:
 * NIO, 200 threads at most, 10 to begin with, 2000 connections, 10,000 requests per kept-alive connection.
 * No access log, no sessions, no filters.
 */
public final class BareTomcat {

	public static void main(String[] args) throws Exception {
		int port = Integer.parseInt(args[0]);
		byte[] answer = Files.readAllBytes(Path.of(args[1]));
		Logger.getLogger("org.apache").setLevel(Level.WARNING);

		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(args[2]);
		Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
		connector.setPort(port);
		connector.setProperty("address", "127.0.0.1");
		connector.setProperty("maxConnections", "2000");
		connector.setProperty("maxKeepAliveRequests", "10000");
		tomcat.setConnector(connector);

		var context = tomcat.addContext("", null);
		Tomcat.addServlet(context, "constant", new Constant(answer));
		context.addServletMappingDecoded("/api/ably-jwt", "constant");
		tomcat.start();
		tomcat.getServer().await();
	}

	private static final class Constant extends HttpServlet {

		private final transient byte[] answer;

		Constant(byte[] answer) {
			this.answer = answer;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setHeader("Cache-Control", "no-store");
			response.setContentType("application/jwt");
			response.setContentLength(this.answer.length);
			response.getOutputStream().write(this.answer);
		}

	}

}

package dev.ablyauth.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that a server has made for itself, so that nobody vouches for it.
 */
public final class OwnCertificate {

	private static final String PASSWORD = "changeit";

	private final Path file;

	/**
	 * Makes one.
	 * @param folder where its files go
	 * @param name of the host; may begin with {@code *.}
	 */
	public OwnCertificate(Path folder, String name) throws IOException, InterruptedException {
		this.file = folder.resolve("own.jks");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-alias", "own", "-dname", "CN=" + name, "-ext", "san=dns:" + name,
				"-storetype", "JKS", "-keystore", this.file.toString(), "-storepass", PASSWORD, "-keypass", PASSWORD)
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("keytool.log").toFile())
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0).isTrue();
	}

	/** For the server. Nobody else needs the password, because it is no PKCS12. */
	public SSLContext tls() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("JKS");
		try (InputStream in = Files.newInputStream(this.file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context;
	}

	/** An option for a JVM that is to trust it, and nobody else. */
	public String trust() {
		return "-Djavax.net.ssl.trustStore=" + this.file;
	}

}

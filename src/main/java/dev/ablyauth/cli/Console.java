package dev.ablyauth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * What a command sees of its process. The answer goes to {@code out}, complaints go to
 * {@code err}; both are UTF-8 whatever the machine prefers.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment looks a variable up
 */
record Console(InputStream in, PrintWriter out, PrintWriter err, UnaryOperator<@Nullable String> environment) {

	/**
	 * Far above what any token needs: SDKs take 128 KiB from an auth server (spec RSA4f).
	 */
	private static final int LONGEST_INPUT = 1024 * 1024;

	static Console ofProcess() {
		return new Console(System.in, writer(System.out), writer(System.err), Console::variable);
	}

	private static PrintWriter writer(PrintStream stream) {
		return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
	}

	private static @Nullable String variable(@Nullable String name) {
		return (name != null) ? System.getenv(name) : null;
	}

	/** Reads all of standard input. */
	String input() {
		try {
			byte[] bytes = this.in.readNBytes(LONGEST_INPUT + 1);
			if (bytes.length > LONGEST_INPUT) {
				throw new UnreadableInputException("Standard input is longer than 1 MiB.");
			}
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableInputException("Standard input is not UTF-8.");
		}
		catch (IOException ex) {
			throw new UnreadableInputException("Standard input cannot be read.");
		}
	}

}

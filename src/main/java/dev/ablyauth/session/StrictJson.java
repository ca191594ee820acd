package dev.ablyauth.session;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that somebody else wrote: valid UTF-8, no duplicate names, no numbers of
 * more than 20 characters, nothing after the end. Without these settings Jackson takes
 * the last of two values, and two readers of one text could disagree.
 */
public final class StrictJson {

	private static final int MAX_NUMBER_LENGTH = 20;

	private final JsonMapper mapper;

	/**
	 * Creates a reader.
	 * @param maxDepth how deep objects and lists may be nested
	 */
	public StrictJson(int maxDepth) {
		this.mapper = JsonMapper
			.builder(JsonFactory.builder()
				.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
				.streamReadConstraints(StreamReadConstraints.builder()
					.maxNestingDepth(maxDepth)
					.maxNumberLength(MAX_NUMBER_LENGTH)
					.build())
				.build())
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build();
	}

	/**
	 * Reads a text.
	 * @param <T> what is to be read
	 * @param json the text
	 * @param type what is to be read
	 * @return what was read
	 * @throws IllegalArgumentException if it is not such JSON; the message repeats
	 * nothing of it
	 */
	public <T> T read(String json, Class<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("is not valid JSON", ex);
		}
	}

	/**
	 * Reads bytes.
	 * @param <T> what is to be read
	 * @param utf8 the text
	 * @param type what is to be read
	 * @return what was read
	 * @throws IllegalArgumentException if it is not UTF-8, or not such JSON
	 */
	public <T> T read(byte[] utf8, Class<T> type) {
		try {
			return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString(), type);
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("is not UTF-8", ex);
		}
	}

}

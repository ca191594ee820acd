package dev.ablyauth.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoomForConnectionsTests {

	/** The heap is in megabytes. */
	@ParameterizedTest
	@CsvSource({ "2000,1048576,1024,2000", "2000,2096,1024,2000", "2000,2095,1024,1999", "2000,200,1024,104",
			"50,200,1024,50", "2000,6,1024,16", "2000,9223372036854775807,300,2000",
			"2000,9223372036854775807,256,1747", "2000,1048576,64,436", "-1,1048576,1024,6990", "-1,200,1024,104" })
	void connectionsThenAsManyAsTheSettingsFilesAndHeapAllow(int wanted, long files, long heap, int connections) {
		assertThat(RoomForConnections.connections(wanted, files, heap * 1024 * 1024)).isEqualTo(connections);
	}

}

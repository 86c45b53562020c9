import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct HumanReadableTests {
    private func adding(_ json: String, _ endpoint: Endpoint) throws -> String {
        String(decoding: HumanReadable.adding(to: JSONValue(try JSONDocument(parsing: json).root), of: endpoint).serialized(), as: UTF8.self)
    }

    @Test func measures() throws {
        #expect(
            try adding(#"{"a":[{"size_in_bytes":1536,"time_in_millis":1234}]}"#, .indicesStats)
                == #"{"a":[{"size":"1.5kb","size_in_bytes":1536,"time":"1.2s","time_in_millis":1234}]}"#)
        #expect(
            try adding(#"{"start_time_in_millis":0,"running_time_in_nanos":1500}"#, .tasksList)
                == #"{"start_time":"1970-01-01T00:00:00.000Z","start_time_in_millis":0,"running_time":"1.5micros","running_time_in_nanos":1500}"#)
        #expect(
            try adding(#"{"task_max_waiting_in_queue_millis":0,"active_shards_percent_as_number":50.0}"#, .clusterHealth)
                == #"{"task_max_waiting_in_queue":"0s","task_max_waiting_in_queue_millis":0,"active_shards_percent":"50.0%","active_shards_percent_as_number":50.0}"#)
        // What is there already stays.
        #expect(try adding(#"{"size":"x","size_in_bytes":1}"#, .nodesStats) == #"{"size":"x","size_in_bytes":1}"#)
    }

    @Test func settings() throws {
        #expect(
            try adding(#"{"i":{"settings":{"index":{"creation_date":"1000","version":{"created":"9033000"}}}}}"#, .indicesGetSettings)
                == #"{"i":{"settings":{"index":{"creation_date":"1000","version":{"created":"9033000","created_string":"9.1.0"},"creation_date_string":"1970-01-01T00:00:01.000Z"}}}}"#)
        let flat = try adding(#"{"i":{"settings":{"index.creation_date":"1000","index.version.created":"1"}}}"#, .indicesGet)
        #expect(flat.contains(#""index.creation_date_string":"1970-01-01T00:00:01.000Z""#))
        #expect(flat.contains(#""index.version.created_string":"9.1.0""#))
    }

    /// Documents are their authors'.
    @Test func documentsStay() throws {
        let hit = #"{"hits":{"hits":[{"_source":{"size_in_bytes":5}}]}}"#
        for endpoint in [Endpoint.search, .get, .mget] { #expect(try adding(hit, endpoint) == hit) }
    }

    @Test(arguments: [(0, "0s"), (999, "999ms"), (1000, "1s"), (61_000, "1m"), (90_000, "1.5m"), (86_400_000, "1d"), (Int.max, "106751991167d")])
    func times(_ milliseconds: Int, _ text: String) {
        #expect(TimeText.text(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [(0, "0s"), (1, "1nanos"), (1_500, "1.5micros"), (2_000_000, "2ms"), (-5, "-5")])
    func shortTimes(_ nanoseconds: Int, _ text: String) {
        #expect(TimeText.text(nanoseconds: nanoseconds) == text)
    }
}

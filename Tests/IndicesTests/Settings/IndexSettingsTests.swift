import Analysis
import JSON
import Testing

@testable import Indices

@Suite struct IndexSettingsTests {
    private func settings(_ json: String) throws -> IndexSettings {
        try IndexSettings(try JSONDocument(parsing: json).root)
    }

    @Test(arguments: [
        #"{"index":{"number_of_shards":2,"refresh_interval":"5s"}}"#,
        #"{"index.number_of_shards":"2","index.refresh_interval":"5s"}"#,
        #"{"number_of_shards":2,"refresh_interval":"5s","number_of_replicas":null}"#,
    ])
    func readsEveryForm(_ json: String) throws {
        let settings = try settings(json)
        #expect(settings.numberOfShards == 2)
        #expect(settings.refreshInterval == .seconds(5))
        #expect(settings.given == ["index.number_of_shards": "2", "index.refresh_interval": "5s"])
    }

    @Test func defaults() throws {
        let settings = try settings("{}")
        #expect(settings.numberOfShards == 1)
        #expect(settings.refreshInterval == .seconds(1))
        #expect(settings == IndexSettings())
    }

    @Test func refreshCanBeOff() throws {
        #expect(try settings(#"{"refresh_interval":-1}"#).refreshInterval == nil)
    }

    @Test(arguments: [
        #"{"number_of_shards":0}"#, #"{"number_of_shards":1025}"#, #"{"number_of_shards":"two"}"#,
        #"{"refresh_interval":"5 parsecs"}"#, #"{"number_of_replicas":-1}"#,
    ])
    func refusesBadValues(_ json: String) {
        #expect {
            try settings(json)
        } throws: {
            if case IndicesError.invalidSetting = $0 { true } else { false }
        }
    }

    @Test func refusesUnknownKeys() {
        #expect {
            try settings(#"{"index":{"nubmer_of_shards":1}}"#)
        } throws: {
            if case IndicesError.unknownSetting("index.nubmer_of_shards") = $0 { true } else { false }
        }
    }
}

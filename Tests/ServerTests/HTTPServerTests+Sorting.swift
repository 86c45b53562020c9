import JSON
import Testing

@testable import Server

/// Sorting by fields, over a real socket.
extension HTTPServerTests {
    @Test func sortsByFields() async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/i",
                #"{"settings":{"number_of_shards":3},"mappings":{"properties":{"k":{"type":"keyword"},"n":{"type":"long"},"d":{"type":"date"},"t":{"type":"text"}}}}"#)
            for number in 0..<20 {
                let name = number == 7 ? "" : #""k":"k\#(number % 5)","#
                _ = try await client.send(
                    "PUT", "/i/_doc/\(number)", #"{\#(name)"n":\#(number),"d":"2024-01-\#(number + 10)","t":"x"}"#)
            }
            _ = try await client.send("POST", "/i/_refresh")
            let body = #"{"size":3,"sort":[{"k":"desc"},{"n":{"order":"asc"}},{"d":{"format":"yyyy/MM/dd"}}]}"#
            let first = try await client.send("POST", "/i/_search", body)
            let hits = try #require(first.json["hits"]?["hits"]?.array)
            #expect(hits.map { $0["_id"] } == ["4", "9", "14"])
            #expect(hits[0]["sort"] == ["k4", 4, "2024/01/14"] && hits[0]["_score"] == .null)
            let more = try await client.send(
                "POST", "/i/_search",
                #"{"size":2,"sort":[{"k":"desc"},{"n":{"order":"asc"}}],"search_after":["k4",14],"track_scores":true}"#)
            #expect(more.json["hits"]?["hits"]?.array?.map { $0["_id"] } == ["19", "3"])
            #expect(more.json["hits"]?["hits"]?.array?.first?["_score"] == 1.0)
            let absent = try await client.send("GET", "/i/_search?sort=k:desc&size=20")
            #expect(absent.json["hits"]?["hits"]?.array?.last?["sort"] == [.null])

            let point = try await client.send("POST", "/i/_pit?keep_alive=1m")
            var after = ""
            var seen: [JSONValue?] = []
            for _ in 0..<5 {
                let page = try await client.send(
                    "POST", "/_search",
                    #"{"size":6,"pit":{"id":"\#(point.json["id"]?.string ?? "")"},"sort":[{"k":{"order":"asc","missing":"_first"}}]\#(after)}"#)
                guard let hits = page.json["hits"]?["hits"]?.array, let last = hits.last?["sort"] else { break }
                seen += hits.map { $0["_id"] }
                after = #","search_after":\#(String(decoding: last.serialized(), as: UTF8.self))"#
            }
            #expect(seen.count == 20 && Set(seen.compactMap { $0?.string }).count == 20 && seen.first == "7")

            var scroll = try await client.send("POST", "/i/_search?scroll=1m", #"{"size":7,"sort":[{"n":"desc"}]}"#)
            var scrolled: [String] = []
            while let hits = scroll.json["hits"]?["hits"]?.array, !hits.isEmpty {
                scrolled += hits.compactMap { $0["_id"]?.string }
                scroll = try await client.send("POST", "/_search/scroll", #"{"scroll_id":"\#(scroll.json["_scroll_id"]?.string ?? "")"}"#)
            }
            #expect(scrolled == (0..<20).reversed().map(String.init))

            let unmapped = try await client.send("GET", "/i/_search?sort=nothing")
            let cause = unmapped.json["error"]?["root_cause"]?.array?.first
            #expect(unmapped.status == 400 && cause?["type"] == "query_shard_exception")
            #expect(cause?["reason"] == "No mapping found for [nothing] in order to sort on")
            let text = try await client.send("GET", "/i/_search?sort=t")
            #expect(text.status == 400 && text.json["error"]?["root_cause"]?.array?.first?["type"] == "illegal_argument_exception")
            let typed = try await client.send("POST", "/i/_search", #"{"size":1,"sort":[{"nothing":{"unmapped_type":"long"}}]}"#)
            #expect(typed.json["hits"]?["hits"]?.array?.first?["sort"] == [.int(.max)])
            let bad = try await client.send("POST", "/i/_search", #"{"sort":["n"],"search_after":["x"]}"#)
            #expect(bad.status == 400)
        }
    }
}

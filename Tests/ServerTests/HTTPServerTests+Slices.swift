import JSON
import Testing

@testable import Server

/// Parts of searches and of operations by query, and how long searches stay, over a real socket.
extension HTTPServerTests {
    private func withDocuments(
        shards: Int, _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        try await withServer { client in
            let mappings = #"{"properties":{"n":{"type":"long"},"k":{"type":"keyword"}}}"#
            _ = try await client.send(
                "PUT", "/i", #"{"settings":{"number_of_shards":\#(shards)},"mappings":\#(mappings)}"#)
            let lines = (0..<40).map { "{\"index\":{\"_id\":\"\($0)\"}}\n{\"n\":\($0 / 2),\"k\":\"a\"}\n" }.joined()
            #expect(try await client.send("POST", "/i/_bulk?refresh", lines, type: "application/x-ndjson").status == 200)
            try await body(client)
        }
    }

    @Test(arguments: [1, 3], ["", #""field":"_id","#, #""field":"n","#])
    func slicesOfAScrollAreAllOfIt(shards: Int, field: String) async throws {
        try await withDocuments(shards: shards) { client in
            for count in [2, 5] {
                var seen: Set<String> = []
                for number in 0..<count {
                    let answer = try await client.send(
                        "POST", "/i/_search?scroll=1m", #"{"size":100,"slice":{\#(field)"id":\#(number),"max":\#(count)}}"#)
                    #expect(answer.status == 200, "\(answer.text)")
                    for hit in answer.json["hits"]?["hits"]?.array ?? [] {
                        let isNew = seen.insert(hit["_id"]?.string ?? "").inserted
                        #expect(isNew)
                    }
                }
                #expect(seen.count == 40)
            }
        }
    }

    @Test func slicesAreRefused() async throws {
        try await withDocuments(shards: 1) { client in
            func reason(_ body: String, scroll: Bool = true) async throws -> String {
                let answer = try await client.send("POST", scroll ? "/i/_search?scroll=1m" : "/_search", body)
                #expect(answer.status == 400, "\(answer.text)")
                return answer.json["error"]?["root_cause"]?.array?.first?["reason"]?.string ?? ""
            }
            #expect(try await reason(#"{"slice":{"field":"k","id":0,"max":2}}"#) == "cannot load numeric doc values on k")
            #expect(try await reason(#"{"slice":{"field":"u","id":0,"max":2}}"#) == "field u not found")
            #expect(try await reason(#"{"slice":{"id":0,"max":1025}}"#).hasPrefix("The number of slices [1025] is too large"))
            #expect(try await client.send("PUT", "/i/_settings", #"{"index.max_slices_per_scroll":1025}"#).status == 200)
            #expect(try await client.send("POST", "/i/_search?scroll=1m", #"{"slice":{"id":0,"max":1025}}"#).status == 200)
            let id = try await client.send("POST", "/i/_pit?keep_alive=1m").json["id"]?.string ?? ""
            #expect(
                try await reason(#"{"pit":{"id":"\#(id)"},"slice":{"field":"_id","id":0,"max":2}}"#, scroll: false)
                    == "cannot slice on [_id] when using [point-in-time]")
        }
    }

    @Test func operationsTellOfTheirParts() async throws {
        try await withDocuments(shards: 3) { client in
            let everything = #"{"query":{"match_all":{}}}"#
            let updated = try await client.send("POST", "/i/_update_by_query?slices=5&refresh", everything).json
            #expect(updated["updated"] == 40)
            let slices = updated["slices"]?.array ?? []
            #expect(slices.compactMap { $0["slice_id"]?.wholeNumber } == [0, 1, 2, 3, 4])
            #expect(slices.compactMap { $0["updated"]?.wholeNumber }.reduce(0, +) == 40)
            #expect(try await client.send("POST", "/i/_update_by_query?refresh", everything).json["slices"] == nil)
            let task = try await client.send("POST", "/i/_delete_by_query?slices=auto&wait_for_completion=false", everything).json
            let outcome = try await client.send("GET", "/_tasks/\(task["task"]?.string ?? "")?wait_for_completion=true").json
            #expect(outcome["response"]?["slices"]?.array?.count == 3 && outcome["task"]?["status"]?["slices"]?.array?.count == 3)
            #expect(outcome["response"]?["deleted"] == 40)
            let refused = try await client.send("POST", "/remote:i/_delete_by_query", everything)
            #expect(refused.status == 400 && refused.json["error"]?["type"] == "action_request_validation_exception")
        }
    }

    @Test func scrollsStayAsLongAsTheClusterAllows() async throws {
        try await withDocuments(shards: 1) { client in
            func put(_ settings: String) async throws -> (Int, String) {
                let answer = try await client.send("PUT", "/_cluster/settings", #"{"persistent":\#(settings)}"#)
                return (answer.status, answer.text)
            }
            #expect(try await put(#"{"search.default_keep_alive":"1m","search.max_keep_alive":"1m"}"#).0 == 200)
            for path in ["/i/_search?scroll=2m", "/i/_pit?keep_alive=2m"] {
                let answer = try await client.send("POST", path)
                #expect(answer.status == 400 && answer.text.contains("Keep alive for request (2m) is too large. It must be less than (1m)"))
            }
            #expect(try await client.send("POST", "/i/_search?scroll=1m").status == 200)
            let refused = try await put(#"{"search.default_keep_alive":"5m"}"#)
            #expect(refused.0 == 400 && refused.1.contains("was (5m > 1m)"))
            #expect(try await put(#"{"search.default_keep_alive":null,"search.max_keep_alive":null}"#).0 == 200)
            #expect(try await client.send("POST", "/i/_search?scroll=2m").status == 200)
        }
    }
}

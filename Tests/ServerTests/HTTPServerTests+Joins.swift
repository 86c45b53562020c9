import JSON
import Testing

@testable import Server

/// Parents and children, over a real socket.
extension HTTPServerTests {
    private static let relations = #"{"mappings":{"properties":{"j":{"type":"join","relations":{"question":["answer","comment"],"answer":"vote"}},"t":{"type":"text"},"n":{"type":"integer"}}}}"#

    private func fill(_ client: Client) async throws {
        #expect(try await client.send("PUT", "/i", Self.relations).status == 200)
        for (id, source) in [
            ("q1", #"{"j":"question","t":"why","n":1}"#), ("q2", #"{"j":{"name":"question"},"t":"how","n":2}"#), ("q3", #"{"j":"question","t":"when","n":3}"#),
            ("a1", #"{"j":{"name":"answer","parent":"q1"},"t":"red red","n":4}"#), ("a2", #"{"j":{"name":"answer","parent":"q1"},"t":"blue","n":5}"#),
            ("a3", #"{"j":{"name":"answer","parent":"q2"},"t":"red","n":6}"#), ("c1", #"{"j":{"name":"comment","parent":"q3"},"t":"red"}"#),
            ("v1", #"{"j":{"name":"vote","parent":"a2"},"n":9}"#), ("x", #"{"t":"red"}"#),
        ] {
            #expect(try await client.send("PUT", "/i/_doc/\(id)?routing=1", source).status == 201)
        }
        _ = try await client.send("POST", "/i/_refresh")
    }

    private func found(_ client: Client, _ query: String) async throws -> [JSONValue] {
        let answer = try await client.send("POST", "/i/_search", #"{"query":\#(query)}"#)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json["hits"]?["hits"]?.array ?? []
    }

    @Test(arguments: [
        (#"{"has_child":{"type":"answer","query":{"match":{"t":"red"}}}}"#, ["q1", "q2"]),
        (#"{"has_child":{"type":"answer","query":{"match_all":{}},"min_children":2}}"#, ["q1"]),
        (#"{"has_child":{"type":"answer","query":{"match_all":{}},"max_children":1}}"#, ["q2"]),
        (#"{"has_child":{"type":"comment","query":{"match":{"t":"red"}}}}"#, ["q3"]),
        (#"{"has_child":{"type":"answer","query":{"has_child":{"type":"vote","query":{"term":{"n":9}}}}}}"#, ["q1"]),
        (#"{"has_parent":{"parent_type":"question","query":{"match":{"t":"why"}}}}"#, ["a1", "a2"]),
        (#"{"has_parent":{"parent_type":"question","query":{"range":{"n":{"gte":2}}}}}"#, ["a3", "c1"]),
        (#"{"has_parent":{"parent_type":"answer","query":{"match_all":{}}}}"#, ["v1"]),
        (#"{"parent_id":{"type":"answer","id":"q1"}}"#, ["a1", "a2"]), (#"{"parent_id":{"type":"comment","id":"q1"}}"#, []),
        (#"{"term":{"j":"question"}}"#, ["q1", "q2", "q3"]),
        (#"{"has_child":{"type":"none","ignore_unmapped":true,"query":{"match_all":{}}}}"#, []),
    ] as [(String, [String])])
    func joins(query: String, ids: [String]) async throws {
        try await withServer { client in
            try await fill(client)
            #expect(try await found(client, query).compactMap { $0["_id"]?.string }.sorted() == ids)
        }
    }

    @Test func joinedScoresAndInnerHits() async throws {
        try await withServer { client in
            try await fill(client)
            func scores(_ mode: String) async throws -> [JSONValue?] {
                let function = #"{"function_score":{"query":{"match_all":{}},"functions":[{"field_value_factor":{"field":"n"}}],"boost_mode":"replace"}}"#
                return try await found(client, #"{"has_child":{"type":"answer","score_mode":"\#(mode)","query":\#(function)}}"#)
                    .sorted { ($0["_id"]?.string ?? "") < ($1["_id"]?.string ?? "") }.map { $0["_score"] }
            }
            for (mode, expected) in [("none", [1.0, 1.0]), ("sum", [9, 6]), ("avg", [4.5, 6]), ("max", [5, 6]), ("min", [4, 6])] as [(String, [Double])] {
                #expect(try await scores(mode) == expected.map { .double($0) }, "\(mode)")
            }
            let children = try await found(client, #"{"has_child":{"type":"answer","query":{"match_all":{}},"inner_hits":{"sort":[{"n":"desc"}],"size":1}}}"#)
            let first = children.first { $0["_id"] == "q1" }?["inner_hits"]?["answer"]?["hits"]
            #expect(first?["total"]?["value"] == 2 && first?["hits"]?.array?.map { $0["_id"] } == ["a2"])
            #expect(first?["hits"]?.array?.first?["_source"]?["t"] == "blue" && first?["hits"]?.array?.first?["_nested"] == nil)
            let parents = try await found(client, #"{"has_parent":{"parent_type":"question","query":{"match":{"t":"why"}},"inner_hits":{"name":"of"}}}"#)
            #expect(parents.map { $0["inner_hits"]?["of"]?["hits"]?["hits"]?.array?.map { $0["_id"] } } == [["q1"], ["q1"]])
        }
    }

    @Test func wrongJoinsAreRefused() async throws {
        try await withServer { client in
            try await fill(client)
            for (source, reason) in [
                (#"{"j":"other"}"#, "unknown join name [other] for field [j]"), (#"{"j":"answer"}"#, "[parent] is missing for join field [j]"),
                (#"{"j":1}"#, "null join name in field [j]"),
            ] {
                let answer = try await client.send("POST", "/i/_doc", source)
                #expect(answer.status == 400 && answer.text.contains(reason), "\(answer.text)")
            }
            for (query, reason) in [
                (#"{"has_child":{"type":"answer","query":{"match_all":{}},"min_children":0}}"#, "[has_child] requires positive 'min_children' field"),
                (#"{"has_child":{"type":"answer","query":{"match_all":{}},"max_children":0}}"#, "[has_child] requires positive 'max_children' field"),
                (#"{"has_child":{"type":"answer","query":{"match_all":{}},"min_children":3,"max_children":2}}"#, "'max_children' is less than 'min_children'"),
                (#"{"has_child":{"type":"question","query":{"match_all":{}}}}"#, "[has_child] join field [j] doesn't hold [question] as a child"),
                (#"{"has_parent":{"parent_type":"vote","query":{"match_all":{}}}}"#, "[has_parent] join field [j] doesn't hold [vote] as a parent"),
                (#"{"has_child":{"query":{"match_all":{}}}}"#, "[has_child] requires 'type' field"),
            ] {
                let answer = try await client.send("POST", "/i/_search", #"{"query":\#(query)}"#)
                #expect(answer.status == 400 && answer.text.contains(reason), "\(answer.text)")
            }
            _ = try await client.send("PUT", "/none", "{}")
            let none = try await client.send("POST", "/none/_search", #"{"query":{"parent_id":{"type":"a","id":"1"}}}"#)
            #expect(none.status == 400 && none.text.contains("[parent_id] no join field has been configured"))
            let mapping = try await client.send("GET", "/i/_mapping").json["i"]?["mappings"]?["properties"]?["j"]
            #expect(mapping?["type"] == "join" && mapping?["relations"]?["answer"] == "vote")
        }
    }
}

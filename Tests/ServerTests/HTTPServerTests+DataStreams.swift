import JSON
import Testing

@testable import Server

/// Data streams, over a real socket.
extension HTTPServerTests {
    private func makeTemplate(_ client: Client, _ options: String = "{}") async throws {
        let body = #"{"index_patterns":["logs-*"],"template":{"settings":{"number_of_replicas":0}},"data_stream":\#(options)}"#
        #expect(try await client.send("PUT", "/_index_template/t", body).status == 200)
    }

    private func stream(_ client: Client, _ name: String) async throws -> JSONValue? {
        try await client.send("GET", "/_data_stream/\(name)").json["data_streams"]?.array?.first
    }

    @Test func rolloversAtOnceFollowEachOther() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            #expect(try await client.send("PUT", "/_data_stream/logs-a").status == 200)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await client.send("POST", "/logs-a/_rollover").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 6))
            #expect(try await stream(client, "logs-a")?["generation"] == 7)
        }
    }

    @Test func aStreamFromItsTemplateToItsEnd() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            #expect(try await client.send("PUT", "/_data_stream/logs-a").json["acknowledged"] == true)
            let made = try await stream(client, "logs-a")
            #expect(made?["generation"] == 1 && made?["template"] == "t" && made?["status"] == "GREEN")
            #expect(made?["timestamp_field"]?["name"] == "@timestamp")
            let first = try #require(made?["indices"]?.array?.first?["index_name"]?.string)
            #expect(first.hasPrefix(".ds-logs-a-") && first.hasSuffix("-000001"))
            let mapping = try await client.send("GET", "/logs-a/_mapping").json[first]?["mappings"]
            #expect(mapping?["properties"]?["@timestamp"]?["type"] == "date")
            // Documents without an id are new, whatever else.
            #expect(try await client.send("POST", "/logs-a/_doc", #"{"@timestamp":1000,"n":1}"#).json["_index"]?.string == first)
            let rolled = try await client.send("POST", "/logs-a/_rollover").json
            #expect(rolled["old_index"]?.string == first && rolled["new_index"]?.string?.hasSuffix("-000002") == true)
            #expect(try await client.send("PUT", "/logs-a/_create/2?refresh=true", #"{"@timestamp":15000,"n":2}"#).json["_index"]?.string?.hasSuffix("-000002") == true)
            _ = try await client.send("POST", "/logs-a/_refresh")
            for name in ["logs-a", "logs-*", "_all"] { #expect(try await client.send("GET", "/\(name)/_count").json["count"] == 2, "\(name)") }
            let statistics = try await client.send("GET", "/_data_stream/_stats").json
            #expect(statistics["backing_indices"] == 2 && statistics["data_streams"]?.array?.first?["maximum_timestamp"] == 15000)
            // One that is closed keeps nobody from knowing of the others.
            #expect(try await client.send("POST", "/\(first)/_close").status == 200)
            #expect(try await client.send("GET", "/_data_stream/_stats").json["data_streams"]?.array?.first?["maximum_timestamp"] == 15000)
            #expect(try await client.send("POST", "/\(first)/_open").status == 200)
            #expect(try await client.send("GET", "/_data_stream/_stats?expand_wildcards=foo").status == 400)
            let resolved = try await client.send("GET", "/_resolve/index/logs-*").json
            #expect(resolved["data_streams"]?.array?.first?["backing_indices"]?.array?.count == 2 && resolved["aliases"] == [])
            #expect(try await client.send("DELETE", "/\(first)").status == 200)
            #expect(try await stream(client, "logs-a")?["generation"] == 2)
            #expect(try await client.send("DELETE", "/_index_template/t").status == 400)
            #expect(try await client.send("DELETE", "/_data_stream/logs-a").status == 200)
            #expect(try await client.send("GET", "/_data_stream/logs-a").status == 404)
            #expect(try await client.send("DELETE", "/_index_template/t").status == 200)
        }
    }

    /// What a stream's next index is made of may not be taken from it.
    @Test func templatesStayForTheirStreams() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            _ = try await client.send("PUT", "/_data_stream/logs-a")
            let put = { (name: String, body: String) in try await client.send("PUT", "/_index_template/\(name)", body) }
            let end = "would cause data streams [logs-a] to no longer match a data stream template"
            for (name, body, reason) in [
                ("t", #"{"index_patterns":["nn-*"],"data_stream":{}}"#, "composable template [t] with index patterns [nn-*], priority [null] "),
                (
                    "t", #"{"index_patterns":["logs-*"],"priority":3}"#,
                    "composable template [t] with index patterns [logs-*], priority [3] and no data stream configuration "
                ),
                (
                    "rival", #"{"index_patterns":["logs-a*","x"],"priority":7}"#,
                    "composable template [rival] with index patterns [logs-a*, x], priority [7] and no data stream configuration "
                ),
            ] {
                let answer = try await put(name, body)
                #expect(answer.status == 400 && answer.json["error"]?["reason"]?.string == reason + end, "\(answer.text)")
            }
            #expect(try await put("rival", #"{"index_patterns":["logs-a*"],"priority":7,"data_stream":{}}"#).status == 200)
            #expect(try await put("t", #"{"index_patterns":["nn-*"],"data_stream":{}}"#).status == 200)
            #expect(try await client.send("POST", "/logs-a/_rollover").status == 200)
        }
    }

    @Test func whatNoStreamIsMadeOf() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            #expect(try await client.send("PUT", "/plain", #"{"aliases":{"logs-alias":{}}}"#).status == 200)
            let number = #"{"index_patterns":["bad-*"],"template":{"mappings":{"properties":{"@timestamp":{"type":"long"}}}},"data_stream":{}}"#
            #expect(try await client.send("PUT", "/_index_template/bad", number).status == 200)
            for (name, reason) in [
                (".ds-logs-a", "must not start with '.ds-'"), ("logs-alias", "already exists as alias"),
                ("bad-a", "is of type [long], but [date,date_nanos] is expected"),
            ] {
                let answer = try await client.send("PUT", "/_data_stream/\(name)")
                #expect(answer.status == 400 && answer.text.contains(reason), "\(answer.text)")
            }
            let plain = try await client.send("POST", "/plain/_doc?require_data_stream=true", "{}")
            #expect(plain.status == 404 && plain.text.contains("[require_data_stream] request flag is [true] and [plain] is not a data stream"))
            #expect(try await client.send("PUT", "/_data_stream/logs-a").status == 200)
            #expect(try await client.send("PUT", "/logs-a/_settings", #"{"index.blocks.read_only":true}"#).status == 200)
            #expect(try await client.send("DELETE", "/_data_stream/logs-a").status == 403)
            #expect(try await stream(client, "logs-a") != nil)
        }
    }

    @Test(arguments: [
        ("PUT", "/logs-a/_doc/1", #"{"@timestamp":1}"#, "only write ops with an op_type of create are allowed in data streams"),
        ("PUT", "/logs-a/_create/1", "{}", "failed to parse: data stream timestamp field [@timestamp] is missing"),
        ("PUT", "/logs-a/_create/1", #"{"@timestamp":[1,2]}"#, "failed to parse: data stream timestamp field [@timestamp] encountered multiple values"),
        ("PUT", "/logs-x", "{}", "cannot create index with name [logs-x], because it matches with template [t] that creates data streams only, use create data stream api instead"),
        ("PUT", "/_data_stream/logs-a", "", "data_stream [logs-a] already exists"),
        ("PUT", "/_data_stream/other", "", "no matching index template found for data stream [other]"),
        ("PUT", "/_data_stream/a%23b", "", "data_stream [a#b] must not contain '#'"),
        ("POST", "/logs-a/_rollover/x", "", "new index name may not be specified when rolling over a data stream"),
        ("POST", "/logs-a/_rollover", #"{"aliases":{"x":{}}}"#, "aliases, mappings, and index settings may not be specified when rolling over a data stream"),
        ("DELETE", "/logs-a", "", "no such index [logs-a]"),
    ])
    func whatStreamsRefuse(method: String, path: String, body: String, reason: String) async throws {
        try await withServer { client in
            try await makeTemplate(client)
            _ = try await client.send("PUT", "/_data_stream/logs-a")
            let answer = try await client.send(method, path, body.isEmpty ? nil : body)
            #expect(answer.status >= 400 && answer.json["error"]?["reason"]?.string == reason, "\(answer.text)")
        }
    }

    @Test func theirIndicesThemselves() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            _ = try await client.send("PUT", "/logs-a/_create/1?refresh=true", #"{"@timestamp":1}"#)
            let index = try #require(try await stream(client, "logs-a")?["indices"]?.array?.first?["index_name"]?.string)
            #expect(try await client.send("DELETE", "/\(index)").status == 400)
            #expect(try await client.send("PUT", "/\(index)/_create/2", #"{"@timestamp":1}"#).status == 400)
            #expect(try await client.send("PUT", "/\(index)/_doc/1", #"{"@timestamp":1}"#).status == 400)
            // Who has seen a document may change it.
            #expect(try await client.send("PUT", "/\(index)/_doc/1?if_seq_no=0&if_primary_term=1&refresh=true", #"{"@timestamp":2}"#).status == 200)
            #expect(try await client.send("POST", "/logs-a/_update_by_query?refresh=true").json["updated"] == 1)
            #expect(try await client.send("POST", "/logs-a/_close").status == 404)
            #expect(try await client.send("PUT", "/\(index)/_clone/c").status == 400)
            #expect(try await client.send("GET", "/\(index)").json[index]?["data_stream"] == "logs-a")
        }
    }

    @Test func aliasesOfStreams() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            for name in ["logs-a", "logs-b"] { _ = try await client.send("PUT", "/\(name)/_create/1?refresh=true", #"{"@timestamp":1,"z":"a"}"#) }
            let actions = #"{"actions":[{"add":{"index":"logs-a","alias":"x","filter":{"term":{"z":"none"}}}},{"add":{"index":"logs-*","alias":"y"}}]}"#
            #expect(try await client.send("POST", "/_aliases", actions).status == 200)
            let aliases = try await client.send("GET", "/_alias").json
            #expect(aliases["logs-a"]?["aliases"]?["x"] != nil && aliases["logs-b"]?["aliases"] == ["y": [:]])
            #expect(try await client.send("GET", "/x/_count").json["count"] == 0)
            #expect(try await client.send("GET", "/y/_count").json["count"] == 2)
            // The next index has them, too.
            _ = try await client.send("POST", "/logs-a/_rollover")
            #expect(try await client.send("PUT", "/x/_create/2?refresh=true", #"{"@timestamp":1,"z":"none"}"#).status == 201)
            #expect(try await client.send("GET", "/x/_count").json["count"] == 1)
        }
    }

    /// One of them makes the stream, the others find it.
    @Test func writersAtOnceShareAStream() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<16 {
                    group.addTask { try await client.send("POST", "/logs-a/_doc", #"{"@timestamp":1,"n":\#(number)}"#).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: 201, count: 16))
            _ = try await client.send("POST", "/logs-a/_refresh")
            #expect(try await client.send("GET", "/logs-a/_count").json["count"] == 16)
            #expect(try await stream(client, "logs-a")?["generation"] == 1)
        }
    }

    /// An index that has the name of a stream's first one, and is not of it.
    @Test func anIndexInTheWayIsTold() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            #expect(try await client.send("PUT", "/_data_stream/logs-a").status == 200)
            let first = try #require(try await stream(client, "logs-a")?["indices"]?.array?.first?["index_name"]?.string)
            #expect(try await client.send("DELETE", "/_data_stream/logs-a").status == 200)
            #expect(try await client.send("PUT", "/\(first)").status == 200)
            for (method, path, body) in [("POST", "/logs-a/_doc", #"{"@timestamp":1}"#), ("PUT", "/_data_stream/logs-a", "")] {
                let refused = try await client.send(method, path, body.isEmpty ? nil : body)
                #expect(refused.status == 400 && refused.json["error"]?["type"] == "resource_already_exists_exception")
            }
        }
    }

    @Test func whatAStreamWritesToStays() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            #expect(try await client.send("POST", "/logs-a/_doc?refresh=true", #"{"@timestamp":1}"#).status == 201)
            let first = try #require(try await stream(client, "logs-a")?["indices"]?.array?.first?["index_name"]?.string)
            for (name, status) in [("logs-a", 404), ("logs*", 404), (first, 400)] {
                let removal = #"{"actions":[{"remove_index":{"index":"\#(name)"}}]}"#
                #expect(try await client.send("POST", "/_aliases", removal).status == status, "\(name)")
            }
            let closing = try await client.send("POST", "/\(first)/_close")
            #expect(closing.json["error"]?["reason"]?.string == "cannot close the following data stream write indices [\(first)]")
            // Its name is nobody's alias.
            #expect(try await client.send("PUT", "/other", #"{"aliases":{"logs-a":{}}}"#).status == 400)
            _ = try await client.send("PUT", "/other")
            #expect(try await client.send("PUT", "/other/_alias/logs-a").status == 400)
            let itself = #"{"source":{"index":"logs-a"},"dest":{"index":"logs-a","op_type":"create"}}"#
            #expect(try await client.send("POST", "/_reindex", itself).status == 400)
            #expect(try await client.send("GET", "/logs-a/_count").json["count"] == 1)
        }
    }

    @Test func theAliasThatAStreamIsWrittenByGoesOnWithIt() async throws {
        try await withServer { client in
            try await makeTemplate(client)
            _ = try await client.send("PUT", "/_data_stream/logs-a")
            let alias = #"{"actions":[{"add":{"index":"logs-a","alias":"w","is_write_index":true}}]}"#
            #expect(try await client.send("POST", "/_aliases", alias).status == 200)
            #expect(try await client.send("POST", "/logs-a/_rollover").json["rolled_over"] == true)
            #expect(try await client.send("POST", "/w/_doc", #"{"@timestamp":1}"#).json["_index"]?.string?.hasSuffix("-000002") == true)
        }
    }

    @Test func hiddenStreamsAndThoseThatWritesMake() async throws {
        try await withServer { client in
            try await makeTemplate(client, #"{"hidden":true,"allow_custom_routing":true}"#)
            let bulk = "{\"create\":{\"_index\":\"logs-a\"}}\n{\"@timestamp\":1}\n{\"create\":{\"_index\":\"plain\"}}\n{\"@timestamp\":1}\n"
            let items = try await client.send("POST", "/_bulk?require_data_stream=true", bulk).json["items"]?.array ?? []
            #expect(items.compactMap { $0["create"]?["status"] } == [201, 404])
            #expect(try await client.send("GET", "/_data_stream").json["data_streams"] == [])
            #expect(try await client.send("GET", "/_data_stream?expand_wildcards=all").json["data_streams"]?.array?.count == 1)
            #expect(try await client.send("POST", "/logs-a/_doc?routing=x", #"{"@timestamp":1}"#).status == 201)
            #expect(
                try await client.send("GET", "/_index_template/t").json["index_templates"]?.array?.first?["index_template"]?["data_stream"]
                    == ["hidden": true, "allow_custom_routing": true])
            // Without the option a routing is refused.
            try await makeTemplate(client)
            #expect(try await client.send("POST", "/logs-b/_doc?routing=x", #"{"@timestamp":1}"#).status == 400)
        }
    }
}

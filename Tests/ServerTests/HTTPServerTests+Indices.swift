import JSON
import Testing

/// Settings, aliases, templates and states of indices, over a real socket.
extension HTTPServerTests {
    @Test func settings() async throws {
        try await withServer { client in
            let made = try await client.send("PUT", "/a", #"{"settings":{"number_of_shards":2,"index":{"refresh_interval":"5s"}}}"#)
            #expect(made.status == 200)
            let nested = try await client.send("GET", "/a/_settings")
            #expect(nested.json["a"]?["settings"]?["index"]?["number_of_shards"] == "2")
            #expect(nested.json["a"]?["settings"]?["index"]?["provided_name"] == "a")
            let one = try await client.send("GET", "/a/_settings/index.refresh*?flat_settings")
            #expect(one.text == #"{"a":{"settings":{"index.refresh_interval":"5s"}}}"#)
            let defaults = try await client.send("GET", "/_settings/index.max_result_window?include_defaults&flat_settings")
            #expect(defaults.json["a"]?["defaults"]?["index.max_result_window"] == "10000")
            #expect(try await client.send("PUT", "/a/_settings", #"{"index.refresh_interval":null}"#).status == 200)
            #expect(try await client.send("GET", "/a/_settings/index.refresh_interval").text == "{}")
            let fixed = try await client.send("PUT", "/a/_settings", #"{"settings":{"number_of_shards":3}}"#)
            #expect(fixed.status == 400)
            let reason = fixed.json["error"]?["reason"]?.string ?? ""
            #expect(reason.hasPrefix("Can't update non dynamic settings [[index.number_of_shards]] for open indices [[a/"))
            let misspelt = try await client.send("PUT", "/a/_settings", #"{"refresh_intervall":"1s"}"#)
            #expect(
                misspelt.json["error"]?["reason"]
                    == "unknown setting [index.refresh_intervall] did you mean [index.refresh_interval]?")
            #expect(try await client.send("PUT", "/a/_settings?preserve_existing", #"{"number_of_replicas":0}"#).status == 200)
            #expect(try await client.send("GET", "/_cluster/health").json["status"] == "green")
        }
    }

    @Test func aliases() async throws {
        try await withServer { client in
            let filter = #"{"mappings":{"properties":{"t":{"type":"keyword"}}},"aliases":{"x":{"filter":{"term":{"t":"x"}}}}}"#
            #expect(try await client.send("PUT", "/a", filter).status == 200)
            #expect(try await client.send("PUT", "/a/_doc/1", #"{"t":"x"}"#).status == 201)
            #expect(try await client.send("PUT", "/x/_doc/2?refresh", #"{"t":"y"}"#).json["_index"] == "a")
            #expect(try await client.send("GET", "/x/_count").json["count"] == 1)
            #expect(try await client.send("GET", "/x,a/_count").json["count"] == 2)
            #expect(try await client.send("HEAD", "/_alias/x").status == 200)
            #expect(try await client.send("HEAD", "/a/_alias/y").status == 404)
            let missing = try await client.send("GET", "/_alias/y")
            #expect(missing.status == 404 && missing.text == #"{"error":"alias [y] missing","status":404}"#)
            let deleted = try await client.send("DELETE", "/x")
            #expect(
                deleted.json["error"]?["reason"]
                    == "The provided expression [x] matches an alias, specify the corresponding concrete indices instead.")
            let actions = #"{"actions":[{"add":{"index":"a","alias":"y","is_write_index":true}},{"remove":{"index":"a","alias":"x"}}]}"#
            #expect(try await client.send("POST", "/_aliases", actions).text == #"{"acknowledged":true,"errors":false}"#)
            #expect(try await client.send("GET", "/_alias").text == #"{"a":{"aliases":{"y":{"is_write_index":true}}}}"#)
            #expect(try await client.send("GET", "/_cat/aliases").text == "y a - - - true\n")
            #expect(try await client.send("PUT", "/y").json["error"]?["reason"] == "Invalid index name [y], already exists as alias")
            let required = try await client.send("PUT", "/a/_doc/3?require_alias=true", "{}")
            #expect(required.status == 404)
            let bad = try await client.send("PUT", "/a/_alias/z", #"{"filter":{"nope":{}}}"#)
            #expect(bad.json["error"]?["reason"] == "failed to parse filter for alias [z]")
        }
    }

    @Test func templates() async throws {
        try await withServer { client in
            let component = #"{"template":{"mappings":{"properties":{"a":{"type":"keyword"}}}},"version":2}"#
            #expect(try await client.send("PUT", "/_component_template/c", component).status == 200)
            let template = #"{"index_patterns":"t-*","composed_of":["c"],"template":{"settings":{"number_of_replicas":0}},"priority":1}"#
            #expect(try await client.send("PUT", "/_index_template/t", template).status == 200)
            #expect(try await client.send("PUT", "/_index_template/t?create", template).status == 400)
            #expect(try await client.send("PUT", "/t-1/_doc/1", #"{"a":"x"}"#).status == 201)
            let made = try await client.send("GET", "/t-1")
            #expect(made.json["t-1"]?["mappings"]?["properties"]?["a"]?["type"] == "keyword")
            #expect(made.json["t-1"]?["settings"]?["index"]?["number_of_replicas"] == "0")
            let shown = try await client.send("GET", "/_index_template/t*")
            #expect(
                shown.text
                    == #"{"index_templates":[{"name":"t","index_template":{"index_patterns":["t-*"],"template":{"settings":{"index":{"number_of_replicas":"0"}}},"composed_of":["c"],"priority":1}}]}"#)
            let simulated = try await client.send("POST", "/_index_template/_simulate_index/t-9")
            #expect(simulated.json["template"]?["mappings"]?["properties"]?["a"]?["type"] == "keyword")
            let clash = try await client.send("PUT", "/_index_template/u", #"{"index_patterns":["*-1"],"priority":1}"#)
            #expect(
                clash.json["error"]?["reason"]
                    == "index template [u] has index patterns [*-1] matching patterns from existing templates [t] with patterns (t => [t-*]) that have the same priority [1], multiple index templates may not match during index creation, please use a different priority")
            #expect(try await client.send("DELETE", "/_component_template/c").status == 400)
            #expect(try await client.send("HEAD", "/_index_template/t").status == 200)
            #expect(try await client.send("DELETE", "/_index_template/t").status == 200)
            #expect(try await client.send("GET", "/_index_template/t").json["error"]?["type"] == "resource_not_found_exception")
            #expect(try await client.send("HEAD", "/_template/none").status == 404)
            let stream = try await client.send("PUT", "/_index_template/s", #"{"index_patterns":["s"],"data_stream":{}}"#)
            #expect(stream.status == 200)
        }
    }

    @Test func statesAndBlocks() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/a/_doc/1?refresh", "{}").status == 201)
            #expect(try await client.send("POST", "/a/_close").json["indices"]?["a"]?["closed"] == true)
            let closed = try await client.send("GET", "/a/_search")
            #expect(closed.status == 400 && closed.json["error"]?["type"] == "index_closed_exception")
            #expect(try await client.send("GET", "/_search").json["hits"]?["total"]?["value"] == 0)
            #expect(try await client.send("GET", "/a/_mapping").status == 200)
            #expect(try await client.send("POST", "/a/_open").status == 200)
            #expect(try await client.send("POST", "/_all/_close").status == 400)
            #expect(try await client.send("DELETE", "/*").json["error"]?["reason"] == "Wildcard expressions or all indices are not allowed")
            #expect(try await client.send("PUT", "/a/_block/write").json["indices"]?.array?.count == 1)
            let refused = try await client.send("POST", "/a/_doc", "{}")
            #expect(refused.status == 403)
            #expect(refused.json["error"]?["reason"] == "index [a] blocked by: [FORBIDDEN/8/index write (api)];")
            let bulk = try await client.send("POST", "/_bulk", "{\"index\":{\"_index\":\"a\"}}\n{}\n", type: "application/x-ndjson")
            #expect(bulk.json["items"]?.array?.first?["index"]?["status"] == 403)
            #expect(try await client.send("DELETE", "/a/_block/write").status == 200)
            #expect(try await client.send("POST", "/a/_doc", "{}").status == 201)
            #expect(try await client.send("PUT", "/_cluster/settings", #"{"persistent":{"action.destructive_requires_name":false}}"#).status == 200)
            #expect(try await client.send("DELETE", "/*").status == 200)
            #expect(try await client.send("GET", "/_cat/indices").text.isEmpty)
        }
    }

    @Test func rollover() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/log-000001", #"{"aliases":{"log":{"is_write_index":true}}}"#).status == 200)
            let early = try await client.send("POST", "/log/_rollover", #"{"conditions":{"max_docs":1}}"#)
            #expect(early.json["rolled_over"] == false && early.json["conditions"]?["[max_docs: 1]"] == false)
            #expect(try await client.send("POST", "/log/_doc?refresh", "{}").json["_index"] == "log-000001")
            let done = try await client.send("POST", "/log/_rollover", #"{"conditions":{"max_docs":1}}"#)
            #expect(done.json["rolled_over"] == true && done.json["new_index"] == "log-000002")
            #expect(try await client.send("POST", "/log/_doc?refresh", "{}").json["_index"] == "log-000002")
            #expect(try await client.send("GET", "/log/_count").json["count"] == 2)
        }
    }

    @Test func clusterAndCat() async throws {
        try await withServer { client in
            #expect(try await client.send("GET", "/_cluster/allocation/explain").status == 400)
            #expect(try await client.send("PUT", "/a", #"{"settings":{"number_of_replicas":1}}"#).status == 200)
            let wait = try await client.send("GET", "/_cluster/health?wait_for_status=green&timeout=1ms")
            #expect(wait.status == 408 && wait.json["timed_out"] == true && wait.json["status"] == "yellow")
            let absent = try await client.send("GET", "/_cluster/health/absent?timeout=1ms")
            #expect(absent.status == 408 && absent.json["status"] == "red")
            #expect(try await client.send("GET", "/_cluster/health?level=indices").json["indices"]?["a"]?["status"] == "yellow")
            #expect(try await client.send("GET", "/_cluster/state/metadata/a").json["metadata"]?["indices"]?["a"]?["state"] == "open")
            #expect(try await client.send("GET", "/_nodes").json["_nodes"]?["total"] == 1)
            #expect(try await client.send("GET", "/_nodes/nobody").json["_nodes"]?["total"] == 0)
            #expect(try await client.send("GET", "/_nodes/stats/jvm").status == 200)
            #expect(try await client.send("GET", "/_nodes/stats/nothing").status == 400)
            #expect(try await client.send("GET", "/_stats").json["_all"]?["total"]?["merges"]?["current"] == 0)
            #expect(try await client.send("GET", "/_cat/indices?h=index,health&format=json").text == #"[{"index":"a","health":"yellow"}]"#)
            #expect(try await client.send("GET", "/_cat/indices?health=green").text.isEmpty)
            #expect(try await client.send("GET", "/_cat/shards?h=prirep,state&s=state:desc").text == "r UNASSIGNED\np STARTED\n")
            #expect(try await client.send("GET", "/_cat/indices?s=nope").status == 400)
            #expect(try await client.send("GET", "/_cat/health?help").text.hasPrefix("epoch "))
            #expect(try await client.send("GET", "/_cat").text.hasPrefix("=^.^=\n/_cat/aliases\n"))
            for path in ["allocation", "component_templates", "count", "master", "ml/trained_models", "nodeattrs", "nodes", "pending_tasks", "plugins", "recovery", "repositories", "segments", "templates", "thread_pool"] {
                let answer = try await client.send("GET", "/_cat/\(path)?format=json")
                #expect(answer.status == 200 && answer.json.array != nil, "\(path)")
            }
            for path in ["/_license", "/_xpack", "/_remote/info", "/_cluster/stats", "/_cluster/pending_tasks", "/_nodes/hot_threads", "/_segments", "/_recovery", "/_shard_stores", "/_search_shards", "/_resolve/index/*"] {
                #expect(try await client.send("GET", path).status == 200, "\(path)")
            }
            #expect(try await client.send("POST", "/_cache/clear").json["_shards"]?["successful"] == 1)
        }
    }

    @Test func fieldCapabilities() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/a", #"{"mappings":{"properties":{"f":{"type":"keyword"},"o":{"properties":{"t":{"type":"text"}}}}}}"#).status == 200)
            #expect(try await client.send("PUT", "/b", #"{"mappings":{"properties":{"f":{"type":"long"}}}}"#).status == 200)
            let fields = try await client.send("GET", "/a,b/_field_caps?fields=f,o*&include_unmapped")
            #expect(fields.json["fields"]?["f"]?["long"]?["indices"] == ["b"])
            #expect(fields.json["fields"]?["o.t"]?["text"]?["aggregatable"] == false)
            #expect(fields.json["fields"]?["o.t"]?["unmapped"]?["indices"] == ["b"])
            #expect(try await client.send("GET", "/a/_field_caps").json["error"]?["reason"] == "Validation Failed: 1: no fields specified;")
            let valid = try await client.send("POST", "/a/_validate/query?explain", #"{"query":{"term":{"f":"x"}}}"#)
            #expect(valid.json["valid"] == true && valid.json["explanations"]?.array?.first?["explanation"] == "f:x")
            #expect(try await client.send("POST", "/b/_validate/query", #"{"query":{"term":{"f":"x"}}}"#).json["valid"] == false)
            #expect(try await client.send("GET", "/a/_mapping/field/o.*").json["a"]?["mappings"]?["o.t"]?["mapping"]?["t"]?["type"] == "text")
        }
    }

    @Test func pathsOfTheAPIAreNoIndices() async throws {
        try await withServer { client in
            #expect(try await client.send("GET", "/_unknown").json["error"]?["type"] == "invalid_index_name_exception")
            #expect(try await client.send("PUT", "/_unknown").json["error"]?["type"] == "invalid_index_name_exception")
            #expect(try await client.send("PUT", "/_unknown/_doc/1", "{}").json["error"]?["type"] == "invalid_index_name_exception")
            #expect(try await client.send("GET", "/_unknown/_doc/1").json["error"]?["type"] == "invalid_index_name_exception")
            #expect(try await client.send("GET", "/_cat/unknown").status == 400)
            #expect(try await client.send("GET", "/_cluster/unknown").status == 400)
            let wrong = try await client.send("POST", "/_cluster/settings", "{}")
            #expect(wrong.status == 405 && wrong.headers["Allow"] as? String == "GET,PUT")
        }
    }
}

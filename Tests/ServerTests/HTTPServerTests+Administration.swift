import JSON
import Testing

@testable import Server

/// What the APIs of indices and the cluster refuse, and how, over a real socket.
extension HTTPServerTests {
    @Test func rolloversThatCannotBeAreRefused() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/logs-1", #"{"aliases":{"logs":{}}}"#)
            _ = try await client.send("PUT", "/logs-000002")
            let cases = [
                ("/logs/_rollover?dry_run=true", 400, "resource_already_exists_exception"),
                ("/logs/_rollover", 400, "resource_already_exists_exception"),
                ("/logs/_rollover/a%7Cb?dry_run=true", 400, "invalid_index_name_exception"),
                ("/none/_rollover", 404, "resource_not_found_exception"),
            ]
            for (path, status, type) in cases {
                let answer = try await client.send("POST", path, #"{"conditions":{"max_docs":1}}"#)
                #expect(answer.status == status && answer.json["error"]?["type"] == .string(type))
            }
            let unbounded = try await client.send("POST", "/logs/_rollover/logs-3", #"{"conditions":{"min_docs":1}}"#)
            #expect(unbounded.json["error"]?["type"] == "action_request_validation_exception")
        }
    }

    @Test func nodesAreExcludedFromVoting() async throws {
        try await withServer { client in
            let path = "/_cluster/voting_config_exclusions"
            func excluded() async throws -> [JSONValue]? {
                try await client.send("GET", "/_cluster/state").json["metadata"]?["cluster_coordination"]?["voting_config_exclusions"]?.array
            }
            #expect(try await client.send("POST", path + "?node_ids=a,b,a").status == 200)
            #expect(try await client.send("POST", path + "?node_names=b").status == 200)
            let absent: JSONValue = ["node_id": "_absent_", "node_name": "b"]
            #expect(try await excluded() == [["node_id": "a", "node_name": "_absent_"], ["node_id": "b", "node_name": "_absent_"], absent])
            let own = try await client.send("GET", "/_nodes").json["nodes"]?.object.flatMap { Array($0).first?.key } ?? ""
            for query in ["", "?node_ids=x&node_names=y", "?node_ids=", "?node_ids=\(own)", "?node_ids=1,2,3,4,5,6,7,8"] {
                #expect(try await client.send("POST", path + query).status == 400, "\(query)")
            }
            #expect(try await excluded()?.count == 3)
            #expect(try await client.send("DELETE", path).status == 200)
            #expect(try await excluded() == [])
        }
    }

    @Test func theMemoryOfTheProcessIsABreaker() async throws {
        try await withServer { client in
            let row = try await client.send("GET", "/_cat/circuit_breaker?format=json&h=node_id,breaker,limit_bytes,tripped").json.array?.first
            #expect(row?["breaker"] == "parent" && row?["tripped"] == "0" && row?["node_id"]?.string?.isEmpty == false)
            #expect(try await client.send("GET", "/_cat/circuit_breaker/request?format=json").json == [])
            let statistics = try await client.send("GET", "/_nodes/stats/breaker").json["nodes"]?.object.flatMap { Array($0).first?.value }
            #expect(statistics?["breakers"]?["parent"]?["limit_size_in_bytes"]?.wholeNumber.map { String($0) } == row?["limit_bytes"]?.string)
        }
    }

    @Test func theGreatestVersionIsFollowedByItself() async throws {
        try await withServer { client in
            let greatest = try await client.send("PUT", "/i/_doc/1?version=9223372036854775807&version_type=external", "{}")
            #expect(greatest.status == 201 && greatest.json["_version"] == .int(.max))
            #expect(try await client.send("PUT", "/i/_doc/1", "{}").json["_version"] == .int(.max))
            #expect(try await client.send("DELETE", "/i/_doc/1").json["result"] == "deleted")
            #expect(try await client.send("PUT", "/i/_doc/1", "{}").json["result"] == "created")
        }
    }

    @Test func datesThatNoCalendarHasAreShown() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i/_doc/1?refresh=true", "{}")
            for moment in ["Long.MIN_VALUE", "Long.MAX_VALUE"] {
                let runtime = #""runtime_mappings":{"x":{"type":"date","script":"emit(\#(moment))"}}"#
                for part in [
                    #""docvalue_fields":["x"]"#, #""fields":["x"]"#, #""aggs":{"a":{"terms":{"field":"x"}}}"#, #""aggs":{"a":{"max":{"field":"x"}}}"#,
                    #""aggs":{"a":{"date_histogram":{"field":"x","calendar_interval":"month"}}}"#,
                    #""aggs":{"a":{"date_histogram":{"field":"x","fixed_interval":"1h","offset":"-7m"}}}"#,
                    #""aggs":{"a":{"auto_date_histogram":{"field":"x"}}}"#, #""sort":["x"]"#,
                ] {
                    let answer = try await client.send("POST", "/i/_search", "{\(runtime),\(part)}")
                    #expect(answer.status == 200 || answer.status == 400, "\(part)")
                }
            }
        }
    }

    @Test func namesThatAreNotExpandedAreNotFound() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/test-1", #"{"aliases":{"a":{}}}"#)
            #expect(try await client.send("GET", "/test-*/_mapping?expand_wildcards=none").status == 404)
            #expect(try await client.send("GET", "/*/_mapping?expand_wildcards=none").json == [:])
            let missing = try await client.send("GET", "/test-1/_alias/a,z,y")
            #expect(missing.status == 404 && missing.json["error"] == "aliases [y,z] missing")
            for action in ["add", "remove_index"] {
                let body = #"{"actions":[{"\#(action)":{"index":"test-1","must_exist":true}}]}"#
                #expect(try await client.send("POST", "/_aliases", body).status == 400)
            }
            let typed = try await client.send("PUT", "/test-1/_mapping", #"{"_doc":{"properties":{"f":{"type":"keyword"}}}}"#)
            #expect(typed.json["error"]?["reason"] == "Types cannot be provided in put mapping requests")
        }
    }

    @Test func processorsThatAreSeveralInOneAreRefused() async throws {
        try await withServer { client in
            let answer = try await client.send("PUT", "/_ingest/pipeline/p", #"{"processors":[{"grok":{}},{"grok":{},"date":{}}]}"#)
            #expect(answer.json["error"]?["type"] == "illegal_argument_exception")
            #expect(try await client.send("PUT", "/_ingest/pipeline/p", #"{"processors":[{},{}]}"#).status == 200)
        }
    }

    @Test func simulationsNameOlderTemplatesToo() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/_template/v1", #"{"index_patterns":["test*","t1*"]}"#)
            _ = try await client.send("PUT", "/_index_template/v2", #"{"index_patterns":["test*"],"priority":1}"#)
            _ = try await client.send("PUT", "/_index_template/v3", #"{"index_patterns":["test*"],"priority":2}"#)
            let names = try await client.send("POST", "/_index_template/_simulate_index/test").json["overlapping"]?.array?.map { $0["name"] }
            #expect(names == ["v1", "v2"])
        }
    }

    @Test func validationsSayWhatFailed() async throws {
        try await withServer { client in
            let cases = [
                (#"{"query":{"boool":{}}}"#, "ParsingException[unknown query [boool] did you mean [bool]?]; nested: NamedObjectNotFoundException["),
                (#"{"match_all":{}}"#, "org.elasticsearch.common.ParsingException: request does not support [match_all]"),
            ]
            for (body, beginning) in cases {
                let error = try await client.send("POST", "/_validate/query?explain=true", body).json["error"]?.string
                #expect(error?.hasPrefix(beginning) == true)
            }
        }
    }

    @Test func allocationsAreExplained() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/x", #"{"settings":{"number_of_replicas":1}}"#)
            let path = "/_cluster/allocation/explain"
            let replica = try await client.send("GET", path + "?include_disk_info=true").json
            #expect(replica["primary"] == false && replica["unassigned_info"]?["at"]?.string?.hasSuffix("Z") == true)
            #expect(replica["cluster_info"]?["nodes"] != nil)
            let primary = try await client.send("POST", path, #"{"index":"x","shard":"0","primary":"true"}"#).json
            #expect(primary["current_node"]?["roles"]?.array?.isEmpty == false && primary["cluster_info"] == nil)
            for body in [#"{"index":"x","shard":"y","primary":true}"#, #"{"index":"x","shard":0,"primary":"yes"}"#] {
                let refused = try await client.send("POST", path, body)
                #expect(refused.json["error"]?["type"] == "x_content_parse_exception")
            }
            #expect(try await client.send("GET", path + "?include_yes_decisions=perhaps").status == 400)
            let dates = try await client.send("GET", "/_cat/indices?h=cds,uuid&format=json").json.array?.first
            #expect(dates?["cds"]?.string?.hasSuffix("Z") == true && dates?["uuid"]?.string?.count == 22)
        }
    }
}

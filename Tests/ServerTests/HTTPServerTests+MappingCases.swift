import JSON
import Testing

@testable import Server

/// What Elastic's own cases ask for around mappings and documents, over a real socket.
extension HTTPServerTests {
    @Test func aliasesOfClosedIndices() async throws {
        try await withServer { client in
            for name in ["a", "b"] { _ = try await client.send("PUT", "/\(name)", #"{"aliases":{"x":{}}}"#) }
            _ = try await client.send("POST", "/b/_close")
            #expect(try await client.send("GET", "/_alias/x").json["b"] != nil)
            #expect(try await client.send("GET", "/_alias/x?expand_wildcards=open").json["b"] == nil)
            #expect(try await client.send("GET", "/_alias/x?expand_wildcards=open").json["a"] != nil)
        }
    }

    @Test func childrenWithoutRouting() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i", #"{"mappings":{"properties":{"j":{"type":"join","relations":{"p":"c"}}}}}"#)
            let refused = try await client.send("PUT", "/i/_doc/1", #"{"j":{"name":"c","parent":"0"}}"#)
            #expect(refused.status == 400)
            #expect(refused.json["error"]?["reason"]?.string == "failed to parse: [routing] is missing for join field [j]")
            #expect(try await client.send("PUT", "/i/_doc/1?routing=0", #"{"j":{"name":"c","parent":"0"}}"#).status == 201)
            // An update goes where the document is.
            #expect(try await client.send("POST", "/i/_update/1?routing=0", #"{"doc":{"x":1}}"#).status == 200)
        }
    }

    @Test func totalsThatAreNotCounted() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i/_doc/1?refresh=true", "{}")
            for query in ["track_total_hits=-1", "track_total_hits=false"] {
                #expect(try await client.send("GET", "/i/_search?\(query)").json["hits"]?["total"] == nil)
                #expect(try await client.send("GET", "/i/_search?\(query)&rest_total_hits_as_int=true").json["hits"]?["total"] == -1)
            }
            #expect(
                try await client.send("GET", "/i/_search?track_total_hits=0").json["hits"]?["total"] == ["value": 0, "relation": "gte"])
        }
    }

    @Test func ignoredValuesAndDefaultsAndTexts() async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/i", #"{"mappings":{"properties":{"ip":{"type":"ip","ignore_malformed":true},"t":{"type":"text"},"p":{"type":"geo_point","fields":{"s":{"type":"completion"}}}}}}"#)
            _ = try await client.send("PUT", "/i/_doc/1?refresh=true", #"{"ip":"garbage","p":"hgjhrwysvqw7"}"#)
            let hit = try await client.send("POST", "/i/_search", #"{"fields":["ip"]}"#).json["hits"]?["hits"]?.array?.first
            #expect(hit?["ignored_field_values"] == ["ip": ["garbage"]])
            let field = try await client.send("GET", "/i/_mapping/field/t?include_defaults=true").json["i"]?["mappings"]?["t"]?["mapping"]?["t"]
            #expect(field?["analyzer"] == "default")
            #expect(field?["norms"] == true)
            let settings = try await client.send("GET", "/i/_settings?human=true").json["i"]?["settings"]?["index"]
            #expect(settings?["creation_date_string"]?.string != nil)
            // A point's other fields have its cell's name.
            let suggestion = try await client.send("POST", "/i/_search", #"{"suggest":{"r":{"prefix":"hgj","completion":{"field":"p.s"}}}}"#)
            #expect(suggestion.json["suggest"]?["r"]?.array?.first?["options"]?.array?.count == 1, "\(suggestion.text)")
        }
    }

    @Test func metricsBesideTheirExtremes() async throws {
        try await withServer { client in
            #expect(try await client.send("PUT", "/i", #"{"mappings":{"subobjects":false}}"#).status == 200)
            #expect(try await client.send("PUT", "/i/_doc/1?refresh=true", #"{"t":3,"t.max":9,"host":{"name":"h"}}"#).status == 201)
            let answer = try await client.send(
                "POST", "/i/_search", #"{"query":{"term":{"host.name.keyword":"h"}},"aggs":{"m":{"max":{"field":"t.max"}}}}"#)
            #expect(answer.json["aggregations"]?["m"]?["value"] == 9.0)
            let fields = try await client.send("GET", "/i/_field_caps?fields=t*").json["fields"]
            #expect(fields?["t"]?["long"] != nil && fields?["t.max"]?["long"] != nil)
            let refused = try await client.send("PUT", "/j", #"{"mappings":{"subobjects":"auto"}}"#)
            #expect(refused.json["error"]?["reason"] == "Failed to parse mapping: unknown subobjects value: auto")
        }
    }

    @Test func topHitsShowWhatHitsDo() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i/_doc/1?refresh=true", #"{"p":1,"t":"the fox"}"#)
            func hit(_ members: String, _ search: String = "") async throws -> JSONValue? {
                let answer = try await client.send(
                    "POST", "/i/_search",
                    #"{"query":{"match":{"t":"fox"}},\#(search)"aggs":{"p":{"terms":{"field":"p"},"aggs":{"h":{"top_hits":{\#(members)}}}}}}"#)
                return answer.json["aggregations"]?["p"]?["buckets"]?.array?.first?["h"]?["hits"]?["hits"]?.array?.first
            }
            #expect(try await hit(#""highlight":{"fields":{"t":{}}}"#)?["highlight"] == ["t": ["the <em>fox</em>"]])
            #expect(try await hit(#""explain":true"#)?["_explanation"]?["value"] != nil)
            // Without fields of their own they show the search's.
            #expect(try await hit("", #""fields":["p"],"#)?["fields"] == ["p": [1]])
            #expect(try await hit(#""fields":["t"]"#, #""fields":["p"],"#)?["fields"] == ["t": ["the fox"]])
            let refused = try await client.send("POST", "/i/_search", #"{"aggs":{"a":{"meta":null,"terms":{"field":"p"}}}}"#)
            #expect(refused.json["error"]?["reason"] == "Expected [START_OBJECT] under [meta], but got a [VALUE_NULL] in [a]")
        }
    }

    @Test func whatHasNoEffectIsRefused() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/i")
            for path in ["/i/_search?force_synthetic_source=true", "/i/_stats?groups=_all", "/i/_doc/1?force_synthetic_source=true"] {
                #expect(try await client.send("GET", path).status == 400, "\(path)")
            }
            let mapping = #"{"mappings":{"properties":{"f":{"type":"rank_feature","null_value":-3}}}}"#
            #expect(
                try await client.send("PUT", "/j", mapping).json["error"]?["reason"]
                    == "Failed to parse mapping: [null_value] must be a positive normal float for field of type [rank_feature]")
        }
    }
}

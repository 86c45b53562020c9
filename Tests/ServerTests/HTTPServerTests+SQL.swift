import Foundation
import JSON
import Testing

@testable import Server

/// Statements, over a real socket.
extension HTTPServerTests {
    private func withBooks(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await withServer { client in
            _ = try await client.send(
                "PUT", "/books",
                #"{"settings":{"number_of_shards":3},"mappings":{"properties":{"name":{"type":"text","fields":{"keyword":{"type":"keyword"}}},"author":{"type":"keyword"},"pages":{"type":"integer"},"at":{"type":"date"},"where":{"type":"geo_point"},"tags":{"type":"keyword"}}},"aliases":{"library":{}}}"#)
            let books = """
                {"index":{"_id":"1"}}
                {"name":"Pandora's Star","author":"Hamilton","pages":768,"at":"2004-03-02T10:00:00Z","where":{"lat":1.5,"lon":2.5}}
                {"index":{"_id":"2"}}
                {"name":"Dune","author":"Herbert","pages":604,"at":"1965-06-01","tags":["sand","worms"]}
                {"index":{"_id":"3"}}
                {"name":"Hyperion","author":"Simmons","pages":482,"at":"1989-05-26"}
                {"index":{"_id":"4"}}
                {"name":"The Fall of Hyperion","author":"Simmons","pages":517,"at":"1990-03-15"}
                {"index":{"_id":"5"}}
                {"name":"A Deepness in the Sky","author":"Vinge","at":"1999-03-01"}

                """
            _ = try await client.send("POST", "/books/_bulk?refresh", books, type: "application/x-ndjson")
            try await body(client)
        }
    }

    private static func body(_ sql: String, _ more: String = "") -> String {
        String(decoding: JSONValue.object(["query": .string(sql)]).serialized().dropLast(), as: UTF8.self) + more + "}"
    }

    @Test(arguments: [
        (
            "SELECT name, pages FROM books WHERE pages > 500 ORDER BY pages DESC LIMIT 2", "",
            #"{"columns":[{"name":"name","type":"text"},{"name":"pages","type":"integer"}],"rows":[["Pandora's Star",768],["Dune",604]]}"#
        ),
        (
            "SELECT author a, COUNT(*) AS n, SUM(pages), MAX(at) FROM library GROUP BY author ORDER BY n DESC, a", "",
            #"{"columns":[{"name":"a","type":"keyword"},{"name":"n","type":"long"},{"name":"SUM(pages)","type":"long"},{"name":"MAX(at)","type":"datetime"}],"rows":[["Simmons",2,999,"1990-03-15T00:00:00.000Z"],["Hamilton",1,768,"2004-03-02T10:00:00.000Z"],["Herbert",1,604,"1965-06-01T00:00:00.000Z"],["Vinge",1,null,"1999-03-01T00:00:00.000Z"]]}"#
        ),
        (
            "SELECT COUNT(*), AVG(pages), COUNT(pages), COUNT(DISTINCT author) FROM books HAVING COUNT(*) > 3", "",
            #"{"columns":[{"name":"COUNT(*)","type":"long"},{"name":"AVG(pages)","type":"double"},{"name":"COUNT(pages)","type":"long"},{"name":"COUNT(DISTINCT author)","type":"long"}],"rows":[[5,592.75,4,4]]}"#
        ),
        ("SELECT COUNT(*) FROM books HAVING COUNT(*) > 5", "", #"{"columns":[{"name":"COUNT(*)","type":"long"}],"rows":[]}"#),
        (
            "SELECT name, SCORE() > 0 FROM books", "",
            #"{"error":{"root_cause":[{"type":"parsing_exception","reason":"line 1:22: mismatched input '>' expecting <EOF>"}],"type":"parsing_exception","reason":"line 1:22: mismatched input '>' expecting <EOF>"},"status":400}"#
        ),
        ("SELECT \"where\" FROM books WHERE MATCH(name, 'star')", "", #"{"columns":[{"name":"where","type":"geo_point"}],"rows":[["POINT (2.5 1.5)"]]}"#),
        ("SELECT SCORE() FROM books WHERE author = 'none'", "", #"{"columns":[{"name":"SCORE()","type":"float"}],"rows":[]}"#),
        ("SELECT at, ? FROM books WHERE author = ?", #","params":[7,"Hamilton"],"time_zone":"Europe/Berlin""#, #"{"columns":[{"name":"at","type":"datetime"},{"name":"?","type":"integer"}],"rows":[["2004-03-02T11:00:00.000+01:00",7]]}"#),
        ("SELECT author FROM books ORDER BY 1", #","columnar":true,"filter":{"range":{"pages":{"lt":600}}}"#, #"{"columns":[{"name":"author","type":"keyword"}],"values":[["Simmons","Simmons"]]}"#),
        ("SELECT r FROM books ORDER BY r DESC LIMIT 1", #","runtime_mappings":{"r":{"type":"long","script":"emit(doc['pages'].size() == 0 ? 0 : doc['pages'].value * 2)"}}"#, #"{"columns":[{"name":"r","type":"long"}],"rows":[[1536]]}"#),
        ("SELECT tags FROM books WHERE name = 'Dune'", #","field_multi_value_leniency":true"#, #"{"columns":[{"name":"tags","type":"keyword"}],"rows":[["sand"]]}"#),
        (
            "SELECT tags FROM books", "",
            #"{"error":{"root_cause":[{"type":"ql_illegal_argument_exception","reason":"Arrays (returned by [tags]) are not supported"}],"type":"ql_illegal_argument_exception","reason":"Arrays (returned by [tags]) are not supported"},"status":500}"#
        ),
        ("SELECT name FROM books LIMIT 0", "", #"{"columns":[{"name":"name","type":"text"}],"rows":[]}"#),
        (
            "SELECT abc FROM missing", "",
            #"{"error":{"root_cause":[{"type":"verification_exception","reason":"Found 1 problem\nline 1:17: Unknown index [missing]"}],"type":"verification_exception","reason":"Found 1 problem\nline 1:17: Unknown index [missing]"},"status":400}"#
        ),
        (#"SELECT a FROM """#, "", #"{"error":{"root_cause":[{"type":"verification_exception","reason":"Found 1 problem\nline 1:15: Unknown index []"}],"type":"verification_exception","reason":"Found 1 problem\nline 1:15: Unknown index []"},"status":400}"#),
        ("SHOW TABLES LIKE '%b%'", "", #"{"columns":[{"name":"catalog","type":"keyword"},{"name":"name","type":"keyword"},{"name":"type","type":"keyword"},{"name":"kind","type":"keyword"}],"rows":[["c","books","TABLE","INDEX"],["c","library","VIEW","ALIAS"]]}"#),
        ("DESCRIBE books", "", #"{"columns":[{"name":"column","type":"keyword"},{"name":"type","type":"keyword"},{"name":"mapping","type":"keyword"}],"rows":[["at","TIMESTAMP","datetime"],["author","VARCHAR","keyword"],["name","VARCHAR","text"],["name.keyword","VARCHAR","keyword"],["pages","INTEGER","integer"],["tags","VARCHAR","keyword"],["where","GEOMETRY","geo_point"]]}"#),
        ("SELECT 1, 'x' AS y", "", #"{"columns":[{"name":"1","type":"integer"},{"name":"y","type":"keyword"}],"rows":[[1,"x"]]}"#),
    ])
    func statements(sql: String, more: String, answer: String) async throws {
        try await withBooks { client in
            let found = try await client.send("POST", "/_sql", Self.body(sql, more))
            #expect(found.text == answer)
        }
    }

    @Test func pagesOfDocuments() async throws {
        try await withBooks { client in
            var page = try await client.send("POST", "/_sql", Self.body("SELECT pages FROM books ORDER BY pages", #","fetch_size":2"#))
            #expect(page.json["columns"] != nil && page.json["rows"]?.array?.count == 2)
            // What comes later is not among them.
            _ = try await client.send("PUT", "/books/_doc/6?refresh", #"{"name":"x","author":"y","pages":600}"#)
            var rows = page.json["rows"]?.array ?? []
            for count in [2, 1] {
                let cursor = try #require(page.json["cursor"]?.string)
                page = try await client.send("POST", "/_sql", #"{"cursor":"\#(cursor)"}"#)
                #expect(page.status == 200 && page.json["columns"] == nil && page.json["rows"]?.array?.count == count)
                rows += page.json["rows"]?.array ?? []
            }
            #expect(page.json["cursor"] == nil)
            let stats = try await client.send("GET", "/books/_stats/search")
            #expect(stats.json["_all"]?["total"]?["search"]?["open_contexts"] == 0)
            #expect(rows.map { $0.array } == [[482], [517], [604], [768], [.null]])
            // A full last page is followed by an empty one, unless the limit says that there is none.
            let limited = try await client.send("POST", "/_sql", Self.body("SELECT pages FROM books LIMIT 2", #","fetch_size":2"#))
            #expect(limited.json["cursor"] == nil)
        }
    }

    @Test func pagesOfGroups() async throws {
        try await withBooks { client in
            for order in ["author", "COUNT(*) DESC, author DESC"] {
                var page = try await client.send(
                    "POST", "/_sql", Self.body("SELECT author FROM books GROUP BY author ORDER BY \(order) LIMIT 3", #","fetch_size":2"#))
                var authors = page.json["rows"]?.array?.compactMap { $0.array?.first?.string } ?? []
                #expect(authors.count == 2)
                // What comes later is not among them.
                _ = try await client.send("PUT", "/books/_doc/9?refresh", #"{"author":"Homer"}"#)
                page = try await client.send("POST", "/_sql", #"{"cursor":"\#(try #require(page.json["cursor"]?.string))"}"#)
                authors += page.json["rows"]?.array?.compactMap { $0.array?.first?.string } ?? []
                #expect(authors == (order == "author" ? ["Hamilton", "Herbert", "Simmons"] : ["Simmons", "Vinge", "Herbert"]))
                #expect(page.json["cursor"] == nil)
                _ = try await client.send("DELETE", "/books/_doc/9?refresh")
            }
            // Pages of which the script takes nothing are passed over.
            let last = try await client.send(
                "POST", "/_sql", Self.body("SELECT author FROM books GROUP BY author HAVING MAX(at) > '1998-01-01' AND MIN(pages) IS NULL", #","fetch_size":1"#))
            #expect(last.json["rows"]?.array == [["Vinge"]])
        }
    }

    /// The next page begins after all buckets that were looked at.
    @Test func keysAfterWhatScriptsTakeAway() async throws {
        try await withBooks { client in
            let body = #"{"size":0,"aggs":{"a":{"composite":{"size":2,"sources":[{"k":{"terms":{"field":"author"}}}]},"aggs":{"s":{"bucket_selector":{"buckets_path":{"n":"_count"},"script":"params.n > 5"}}}}}}"#
            let found = try await client.send("POST", "/books/_search", body)
            #expect(found.json["aggregations"]?["a"]?["buckets"]?.array?.isEmpty == true)
            #expect(found.json["aggregations"]?["a"]?["after_key"]?["k"] == "Herbert")
        }
    }

    @Test func cursorsAreClosed() async throws {
        try await withBooks { client in
            let page = try await client.send("POST", "/_sql", Self.body("SELECT pages FROM books", #","fetch_size":2"#))
            let body = #"{"cursor":"\#(try #require(page.json["cursor"]?.string))"}"#
            #expect(try await client.send("POST", "/_sql/close", body).text == #"{"succeeded":true}"#)
            #expect(try await client.send("POST", "/_sql/close", body).text == #"{"succeeded":false}"#)
            let gone = try await client.send("POST", "/_sql", body)
            #expect(gone.status == 404 && gone.json["error"]?["type"] == "search_context_missing_exception")
        }
    }

    @Test func texts() async throws {
        try await withBooks { client in
            let sql = "SELECT author, pages FROM books WHERE author IN ('Vinge', 'Herbert') ORDER BY author"
            let commas = try await client.send("POST", "/_sql?format=csv&delimiter=%3B", Self.body(sql))
            #expect(commas.text == "author;pages\r\nHerbert;604\r\nVinge;\r\n")
            #expect(commas.headers["Content-Type"] as? String == "text/csv; charset=utf-8; header=present")
            let tabs = try await client.send("POST", "/_sql?format=tsv", Self.body(sql, #","fetch_size":1"#))
            #expect(tabs.text == "author\tpages\nHerbert\t604\n" && tabs.headers["Cursor"] is String)
            let table = try await client.send("POST", "/_sql?format=txt", Self.body(sql))
            #expect(
                table.text
                    == "    author     |     pages     \n---------------+---------------\nHerbert        |604            \nVinge          |null           \n")
            #expect(try await client.send("POST", "/_sql?format=yaml", Self.body("SELECT 1")).text.hasPrefix("---\ncolumns:"))
            let refused = try await client.send("POST", "/_sql?format=csv", Self.body(sql, #","columnar":true"#))
            #expect(refused.status == 400 && refused.text.contains("Invalid use of [columnar] argument"))
        }
    }

    @Test func answersThatAreKept() async throws {
        try await withBooks { client in
            let more = #","fetch_size":1,"keep_on_completion":true,"wait_for_completion_timeout":"10m","keep_alive":"1d""#
            let answer = try await client.send("POST", "/_sql", Self.body("SELECT author FROM books ORDER BY author", more))
            let id = try #require(answer.json["id"]?.string)
            #expect(answer.json["is_running"] == false && answer.json["rows"]?.array == [["Hamilton"]])
            let status = try await client.send("GET", "/_sql/async/status/\(id)")
            #expect(status.json["id"]?.string == id && status.json["completion_status"] == 200)
            #expect(try await client.send("GET", "/_sql/async/\(id)?keep_alive=2d").text == answer.text)
            #expect(try await client.send("DELETE", "/_sql/async/delete/\(id)").text == #"{"acknowledged":true}"#)
            #expect(try await client.send("GET", "/_sql/async/\(id)").status == 404)
            #expect(try await client.send("DELETE", "/_sql/async/delete/\(id)").status == 404)
            // It may have ended or not; the rows come in the end.
            let early = try await client.send(
                "POST", "/_sql", Self.body("SELECT author FROM books ORDER BY author LIMIT 1", #","keep_on_completion":true,"wait_for_completion_timeout":"0s""#))
            let other = try #require(early.json["id"]?.string)
            #expect(early.json["is_partial"] == early.json["is_running"] && early.json["rows"]?.array?.isEmpty == (early.json["is_running"] == true))
            let late = try await client.send("GET", "/_sql/async/\(other)?wait_for_completion_timeout=10m")
            #expect(late.json["is_running"] == false && late.json["rows"]?.array == [["Hamilton"]])
        }
    }

    /// `HAVING` looks at many buckets at once, whatever the page; what is found beyond it is kept for the next.
    @Test func rowsBeyondAPageOfGroups() async throws {
        try await withBooks { client in
            var page = try await client.send(
                "POST", "/_sql", Self.body("SELECT author FROM books GROUP BY author HAVING COUNT(*) > 0", #","fetch_size":1"#))
            var authors: [String] = []
            while true {
                authors += page.json["rows"]?.array?.compactMap { $0.array?.first?.string } ?? []
                guard let cursor = page.json["cursor"]?.string else { break }
                page = try await client.send("POST", "/_sql", #"{"cursor":"\#(cursor)"}"#)
                #expect(page.status == 200 && page.json["rows"]?.array?.count ?? 0 <= 1)
            }
            #expect(authors == ["Hamilton", "Herbert", "Simmons", "Vinge"])
            let stats = try await client.send("GET", "/books/_stats/search")
            #expect(stats.json["_all"]?["total"]?["search"]?["open_contexts"] == 0)
            // All buckets in one search, and one that finds the end.
            guard case .int(let searches)? = stats.json["_all"]?["total"]?["search"]?["query_total"] else {
                Issue.record("\(stats.text)")
                return
            }
            #expect(searches <= 6)
        }
    }

    @Test func datesAreFoundWhateverTheirFieldsFormat() async throws {
        try await withServer { client in
            _ = try await client.send("PUT", "/moments", #"{"mappings":{"properties":{"at":{"type":"date","format":"yyyy/MM/dd"},"n":{"type":"long"}}}}"#)
            _ = try await client.send("PUT", "/moments/_doc/1", #"{"at":"2024/01/01","n":1}"#)
            _ = try await client.send("PUT", "/moments/_doc/2", #"{"at":"2024/01/02","n":2}"#)
            _ = try await client.send("PUT", "/moments/_doc/3?refresh", #"{"at":"2024/01/03","n":3}"#)
            for (list, rows) in [("IN", [1, 3]), ("NOT IN", [2])] {
                let found = try await client.send("POST", "/_sql", Self.body("SELECT n FROM moments WHERE at \(list) ('2024-01-01', '2024-01-03') ORDER BY n"))
                #expect(found.json["rows"] == .array(rows.map { [.int($0)] }), "\(found.text)")
            }
        }
    }

    @Test func pagesDoNotStayForEver() async throws {
        try await withBooks { client in
            let refused = try await client.send("POST", "/_sql", Self.body("SELECT pages FROM books", #","fetch_size":2,"page_timeout":"100000d""#))
            #expect(refused.status == 400 && refused.text.contains("is too large"), "\(refused.text)")
        }
    }

    @Test func translations() async throws {
        try await withBooks { client in
            let found = try await client.send("POST", "/_sql/translate", Self.body("SELECT pages FROM books ORDER BY pages LIMIT 10"))
            #expect(
                found.text
                    == #"{"size":10,"_source":false,"fields":[{"field":"pages"}],"sort":[{"pages":{"order":"asc","missing":"_last","unmapped_type":"integer"}}],"track_total_hits":-1}"#)
            #expect(try await client.send("POST", "/_sql/translate", Self.body("SHOW TABLES")).status == 400)
        }
    }
}

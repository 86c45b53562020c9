import JSON
import TestSupport
import Testing

@testable import clipsearch

@Suite struct FieldsTableTests {
    private func table(_ name: String, _ text: String) throws -> FieldsTable {
        let folder = try TemporaryFolder()
        return try FieldsTable(reading: try folder.write(name, text.utf8), folder: "/pictures")
    }

    private func file(_ path: String) -> ImageFolder.File { .init(relativePath: path, path: "/pictures/" + path) }

    @Test func columnsBecomeFields() throws {
        let table = try table("a.csv", "file,caption,year:integer,tags:list\nx.jpg,\"A, b\",1997,red|green\nsub/y.jpg,,,\n")
        #expect(table.fields(for: file("x.jpg")) == ["caption": "A, b", "year": 1997, "tags": ["red", "green"]])
        #expect(table.fields(for: file("sub/y.jpg")) == [:])
        #expect(table.fields(for: file("z.jpg")) == nil)
    }

    @Test func aPathCountsBeforeAName() throws {
        let table = try table("a.jsonl", """
            {"file":"x.jpg","caption":"by name"}
            {"file":"./sub/x.jpg","caption":"by path"}

            {"file":"/pictures/deep/x.jpg","caption":"whole path"}
            """)
        #expect(table.count == 3)
        #expect(table.fields(for: file("other/x.jpg")) == ["caption": "by name"])
        #expect(table.fields(for: file("sub/x.jpg")) == ["caption": "by path"])
        #expect(table.fields(for: file("deep/x.jpg")) == ["caption": "whole path"])
    }

    @Test func rowsOfNoPictureAreCounted() throws {
        let table = try table("a.tsv", "path\tcaption\nx.jpg\t1\ngone.jpg\t2\nb/gone.jpg\t3\n")
        let unmatched = table.unmatched(by: [file("x.jpg")])
        #expect(unmatched?.count == 2 && unmatched?.firstLine == 3)
        #expect(table.unmatched(by: [file("x.jpg"), file("gone.jpg"), file("b/gone.jpg")]) == nil)
    }

    @Test(arguments: [
        ("a.csv", "file,year:integer\nx.jpg,old\n", "a.csv:2: [old] in column [year] is no integer"),
        ("a.csv", "file,a\nx.jpg\n", "a.csv:2: has 1 fields, and the header 2"),
        ("a.csv", "file,a\nx.jpg,1\n\"x.jpg\",2\n", "a.csv:3: is of [x.jpg], as is line 2"),
        ("a.csv", "name,a\nx.jpg,1\n", "a.csv:1: has no column that names the picture"),
        ("a.csv", "file,a,a\n", "a.csv:1: names the column [a] twice"),
        ("a.csv", "file,image_hash\nx.jpg,1\n", "a.csv:2: has a field [image_hash], which the import itself fills in"),
        ("a.csv", "file,a\n,1\n", "a.csv:2: names no picture"),
        ("a.csv", "", "a.csv: is empty"),
        ("a.jsonl", "{\"file\":\"x.jpg\"}\n[1]\n", "a.jsonl:2: is not a JSON object"),
        ("a.jsonl", "{\"caption\":\"x\"}\n", "a.jsonl:1: names no picture"),
        ("a.txt", "", "a.txt: ends with none of"),
    ])
    func damagedFilesNameTheLine(name: String, text: String, words: String) {
        let error = #expect(throws: ImportError.self) { try table(name, text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}

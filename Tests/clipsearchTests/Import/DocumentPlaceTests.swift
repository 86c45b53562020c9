import Testing

@testable import clipsearch

@Suite struct DocumentPlaceTests {
    private let file = ImageFolder.File(relativePath: "a/1.jpg", path: "/x/a/1.jpg")

    private func place(_ states: [String: StoredPictures.State], in folderID: String = "mine") -> DocumentPlace {
        DocumentPlace(of: file, folderID: folderID, among: states)
    }

    @Test func theIdIsThePathsAsLongAsNobodyElseHasIt() {
        let ids = DocumentPlace.ids(of: file, folderID: "mine")
        #expect(ids.ofPath == ImportedImage.id(of: file))
        #expect(place([:]).id == ids.ofPath && place([:]).state == nil)
        // One of our own, and one that says nothing of folders, as examples/spark_embed.py makes them.
        for state in [StoredPictures.State(folderID: "mine"), StoredPictures.State(imageHash: "ab")] {
            let found = place([ids.ofPath: state])
            #expect(found.id == ids.ofPath && found.state == state && found.rival == nil)
        }
    }

    @Test func anotherFoldersDocumentIsLeftAlone() {
        let ids = DocumentPlace.ids(of: file, folderID: "mine"), theirs = StoredPictures.State(imageHash: "ab", folderID: "theirs")
        #expect(ids.ofBoth != ids.ofPath && ids.ofBoth != DocumentPlace.ids(of: file, folderID: "theirs").ofBoth)
        let first = place([ids.ofPath: theirs])
        #expect(first.id == ids.ofBoth && first.state == nil && first.rival == theirs)
        let own = StoredPictures.State(folderID: "mine")
        // Also when the other folder's is gone.
        for states in [[ids.ofPath: theirs, ids.ofBoth: own], [ids.ofBoth: own]] {
            let again = place(states)
            #expect(again.id == ids.ofBoth && again.state == own && again.rival == nil)
        }
    }
}

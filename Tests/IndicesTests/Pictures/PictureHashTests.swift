import Testing

@testable import Indices

@Suite struct PictureHashTests {
    private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test func itIsOfTheBytes() {
        #expect(PictureHash(of: []).text == Self.empty)
        #expect(PictureHash(of: Array("abc".utf8)).text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(PictureHash(of: []) == PictureHash(Self.empty))
    }

    @Test(arguments: ["", "ab", "../" + empty.dropFirst(3), empty.uppercased(), empty + "0", "g" + empty.dropFirst()])
    func nothingElseBecomesOne(text: String) {
        #expect(PictureHash(text) == nil)
    }
}

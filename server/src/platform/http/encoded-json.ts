/** An answer that another thread has encoded, so that the request thread only sends it. */
export class EncodedJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

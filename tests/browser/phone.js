// SPDX-License-Identifier: Apache-2.0
// In the page: a phone that speaks a tone, measures what it hears, and tells the driver.
import * as JsSIP from 'jssip';

/** Silence after the last ICE candidate which means that there will be no other. */
const CANDIDATES_MS = 300;
const HEARD_SAMPLES = 8192;
const AUDIBLE = 0.01;
const LOOK_EVERY_MS = 50;
const TONE_GAIN = 0.25;

/** The newest socket of the page, so that it can be closed behind JsSIP's back. */
let socket;
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    socket = this;
  }
};

const tell = (event, more = {}) => window.tell({ event, ...more });

/** Share of a tone in the power of the samples, 0 to 1 (Goertzel). */
function share(samples, hz, rate) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let before = 0;
  let beforeThat = 0;
  let total = 0;
  for (const sample of samples) {
    const now = sample + coefficient * before - beforeThat;
    beforeThat = before;
    before = now;
    total += sample * sample;
  }
  const power = before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
  return total === 0 ? 0 : power / ((total * samples.length) / 2);
}

class Phone {
  /** Registers with the credentials of a sign-in; `registered` is told for each registration. */
  async start({ phone, webSocket, toneHz }) {
    // Without leave to use a microphone a browser hides its addresses from the other side.
    await navigator.mediaDevices.getUserMedia({ audio: true });
    this.context = new AudioContext();
    this.voice = this.speak(toneHz);
    this.ears = this.context.createAnalyser();
    this.ears.fftSize = HEARD_SAMPLES;
    this.agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(webSocket)],
      uri: phone.uri,
      authorization_user: phone.userName,
      password: phone.password,
      register_expires: 120,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 2,
    });
    this.agent.on('connected', () => tell('connected'));
    this.agent.on('disconnected', ({ code, reason }) => tell('disconnected', { code, reason }));
    this.agent.on('registered', () => tell('registered'));
    this.agent.on('registrationFailed', ({ cause }) => tell('refused', { cause }));
    this.agent.on('newRTCSession', ({ originator, session }) => {
      if (originator === 'remote') this.ring(session);
    });
    this.agent.start();
  }

  answer() {
    this.session.answer({ mediaStream: this.voice, pcConfig: { iceServers: [] } });
  }

  hangUp() {
    this.session.terminate();
  }

  closeSocket() {
    socket.close();
  }

  /** Looks again and again until the tone is most of what is heard, or time is over. */
  async hear({ hz, limitMs }) {
    const samples = new Float32Array(HEARD_SAMPLES);
    const end = performance.now() + limitMs;
    for (;;) {
      this.ears.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0);
      const level = Math.sqrt(power / samples.length);
      const tone = share(samples, hz, this.context.sampleRate);
      const heard = level > AUDIBLE && tone > 0.6;
      if (heard || performance.now() > end) return { heard, level, share: tone };
      await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
    }
  }

  /** Packets received so far, and how many of those sent to us were lost. */
  async received() {
    const all = [...(await this.session.connection.getStats()).values()];
    const audio = all.find((one) => one.type === 'inbound-rtp');
    return { packets: audio?.packetsReceived ?? 0, lost: audio?.packetsLost ?? 0 };
  }

  /** Unregisters; `unregistered` is told when the edge has agreed. */
  stop() {
    this.agent.on('unregistered', () => tell('unregistered'));
    this.agent.stop();
  }

  speak(toneHz) {
    const tone = new OscillatorNode(this.context, { frequency: toneHz });
    const volume = new GainNode(this.context, { gain: TONE_GAIN });
    const voice = this.context.createMediaStreamDestination();
    tone.connect(volume).connect(voice);
    tone.start();
    return voice.stream;
  }

  ring(session) {
    this.session = session;
    let last;
    session.on('icecandidate', ({ ready }) => {
      clearTimeout(last);
      last = setTimeout(ready, CANDIDATES_MS);
    });
    session.on('peerconnection', ({ peerconnection }) => this.listen(peerconnection));
    session.on('confirmed', () => tell('confirmed'));
    session.on('failed', ({ originator, cause }) => tell('ended', { by: originator, cause }));
    session.on('ended', ({ originator, cause }) => tell('ended', { by: originator, cause }));
    tell('ringing', { from: session.remote_identity.uri.user });
  }

  listen(connection) {
    connection.addEventListener('track', ({ streams: [stream] }) => {
      // Chromium decodes a remote stream only while an element plays it.
      this.loudspeaker = new Audio();
      this.loudspeaker.srcObject = stream;
      this.loudspeaker.muted = true;
      this.loudspeaker.play();
      this.context.createMediaStreamSource(stream).connect(this.ears);
    });
    connection.addEventListener('connectionstatechange', () =>
      tell('media', { state: connection.connectionState }),
    );
  }
}

window.phone = new Phone();

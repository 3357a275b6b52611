import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';

// The code for signing in is in the fragment, which no server is sent; it does not stay in the address.
const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? '';
if (code !== '') history.replaceState(null, '', location.pathname + location.search);

mount(App, { target: document.body, props: { code } });
